// Rules of undertakings: an accused promises, and nobody else; broken is what was promised then.
import { refuse } from '../../wording/wording.ts';
import { t } from '../head.ts';
import { undertakingKind } from '../parts/kinds.ts';

/** Rules of undertakings. What nobody may sign away is the same as in a settlement. */
export const undertakingRules = {
  undertakenByAccused: t.rule(['UndertakingSigned'], {
    ...refuse(
      'UNDERTAKING_NOT_THEIRS',
      'undertaking',
      'An adult who is accused undertakes something; a victim, a child or a witness does not.',
      'لا يؤخذ التعهد إلا من مدعى عليه بالغ، ولا يؤخذ من ضحية أو طفل أو شاهد.',
    ),
    holds: ({ event, context }) => {
      const party = context.parties[event.data.partyId];
      return party?.role === 'allegedAggressor' && !party.isChild;
    },
  }),
  undertakenThen: t.rule(['UndertakingBreached'], {
    ...refuse(
      'UNDERTAKING_NOT_IN_FORCE',
      'undertaking',
      'It was not in force then: record what happened as an incident.',
      'لم يكن التعهد ساريا حينئذ، فيسجل ما جرى بوصفه واقعة.',
    ),
    holds: ({ event: { data, recordedAt }, parts }) => {
      const undertaking = parts.one(undertakingKind, data.undertakingId)?.context;
      if (undertaking === undefined) return true;
      const { signedAt, until } = undertaking;
      return signedAt <= data.at && data.at < until && data.at <= recordedAt;
    },
  }),
};
