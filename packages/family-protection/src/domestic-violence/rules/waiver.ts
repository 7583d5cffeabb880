// Rules of taking a complaint back: no pressure behind it, and only where the law lets it end there.
import { refuse } from '../../wording/wording.ts';
import { t } from '../head.ts';
import { waiverKind } from '../parts/reconciliation-kinds.ts';
import { conciliabilityOf } from './eligibility.ts';

/** Rules of waivers. */
export const waiverRules = {
  waiverByVictim: t.rule(['ComplaintWaiverRequested'], {
    ...refuse(
      'WAIVER_NOT_PERMITTED',
      'INV-19',
      'Only a grown victim can take the complaint back, of offences that are recorded.',
      'لا يتنازل عن الشكوى إلا الضحية البالغة وفي الجرائم المسجلة.',
    ),
    holds: ({ event: { data }, context }) =>
      context.parties[data.byParty]?.role === 'victim' &&
      context.parties[data.byParty]?.isChild === false &&
      data.offenceCodes.every((code) => context.offences.includes(code)),
  }),
  coercionRuledOut: t.rule(['ComplaintWaived'], {
    ...refuse(
      'COERCION_SUSPECTED',
      'INV-19',
      'Pressure has not been ruled out in an interview alone.',
      'لم ينتف الإكراه في مقابلة على انفراد.',
    ),
    holds: ({ event, parts }) => {
      const check = parts.one(waiverKind, event.data.waiverId)?.context.check;
      return check?.isPrivate === true && check.result === 'noConcern';
    },
  }),
  waiverPermitted: t.rule(['ComplaintWaived'], {
    ...refuse(
      'WAIVER_NOT_PERMITTED',
      'INV-19',
      'Of these offences a complaint cannot be taken back, or the prosecution has not agreed.',
      'لا يجوز التنازل في هذه الجرائم أو لم توافق النيابة.',
    ),
    holds: (view) => {
      const { waiverId, ppApprovalRef } = view.event.data;
      const codes = view.parts.one(waiverKind, waiverId)?.context.offenceCodes ?? [];
      const isPermitted = codes.every((code) => conciliabilityOf(code, view) === 'waiver');
      return isPermitted && (!view.context.wasReferred || ppApprovalRef !== undefined);
    },
  }),
};
