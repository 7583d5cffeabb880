// Rules of screening for violence: alone, of a party, and of a child by whoever may interview one.
import { rulesOver } from '../rule.ts';
import { partyUnknown, refuse } from '../wording/wording.ts';
import type { ScreeningEvents } from './events.ts';

/** What these rules ask of a case's memory. */
export interface Memory {
  readonly conflicts: readonly string[];
  readonly parties: Readonly<
    Record<string, { readonly role: string; readonly isChild: boolean }>
  >;
}

const rule = rulesOver<Memory, ScreeningEvents>();
const screened = ['ViolenceScreeningCompleted'] as const;

function isChild({ parties }: Memory, partyId: string): boolean {
  return parties[partyId]?.isChild === true;
}

const ofAnyone = {
  screenedAlone: rule(screened, {
    ...refuse(
      'JOINT_INTERVIEW_FORBIDDEN',
      'INV-11',
      'Each party is screened alone.',
      'يجرى الفرز مع كل طرف على انفراد.',
    ),
    holds: ({ event }) => event.data.conductedAlone,
  }),
  screenedIsParty: rule(screened, {
    ...partyUnknown,
    holds: ({ event, context }) => context.parties[event.data.partyId] !== undefined,
  }),
};

const ofChildren = {
  // A danger that a child tells of in passing is noted as a concern, by anyone.
  childScreenedByInterviewer: rule(screened, {
    ...refuse(
      'CHILD_INTERVIEW_UNACCOMPANIED',
      'INV-05',
      'A child is screened by a forensic interviewer only.',
      'لا يجري فرز العنف مع الطفل إلا أخصائي المقابلات الجنائية.',
    ),
    holds: ({ event, context }) =>
      event.actor.role === 'FIO' || !isChild(context, event.data.partyId),
  }),
  childAccompanied: rule(screened, {
    ...refuse(
      'CHILD_INTERVIEW_UNACCOMPANIED',
      'INV-05',
      'A guardian or an appointed specialist is with a child who is screened.',
      'يحضر مع الطفل عند الفرز ولي أمره أو أخصائي معين.',
    ),
    holds: ({ event, context }) =>
      event.data.accompaniedBy !== undefined || !isChild(context, event.data.partyId),
  }),
};

/** Whoever is among the parties in one of these roles may be with a child as its guardian. */
function guardianRule(guardians: readonly string[]) {
  return rule(screened, {
    ...refuse(
      'CONFLICTED_GUARDIAN',
      'INV-06',
      'Whoever is complained about, or stands on that side, is never with the child.',
      'لا يحضر مع الطفل المشكو في حقه ولا من في جانبه.',
    ),
    holds: ({ event, context }) => {
      const { accompaniedBy, partyId } = event.data;
      if (accompaniedBy === undefined || !isChild(context, partyId)) return true;
      if ('specialist' in accompaniedBy) {
        const { specialist } = accompaniedBy;
        const isParty = context.parties[specialist] !== undefined;
        const isRelated = isParty || context.conflicts.includes(specialist);
        return specialist !== event.actor.staff && !isRelated;
      }
      const guardian = context.parties[accompaniedBy.guardian];
      const isFit = guardian !== undefined && guardians.includes(guardian.role);
      // Nobody who complains about a child hears what it has to say.
      const isOpponent =
        guardian?.role === 'complainant' && context.parties[partyId]?.role === 'respondent';
      return isFit && !isOpponent && !guardian.isChild && accompaniedBy.guardian !== partyId;
    },
  });
}

/** Rules of screening in a case type; `guardians` are the roles that may be with a child. */
export function screeningRulesFor(guardians: readonly string[]) {
  return { ...ofAnyone, ...ofChildren, guardianUnconflicted: guardianRule(guardians) };
}
