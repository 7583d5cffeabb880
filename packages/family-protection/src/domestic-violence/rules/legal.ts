// Rules of the legal way and of care that needs an order.
import type { PolicyReader } from '@himaya/engine';
import { refuse, separated } from '../../wording/wording.ts';
import { t } from '../head.ts';
import { evidenceKind, incidentKind } from '../parts/kinds.ts';

/** Legal bases of a report, and for whom each counts. */
function basesOf(policy: PolicyReader): Readonly<Record<string, string>> {
  return policy.value('report.legalBases') as Readonly<Record<string, string>>;
}

/** What is said of an open record, whether the case is to be referred or closed. */
export const recordIncomplete = refuse(
  'STATUTORY_RECORD_INCOMPLETE',
  'INV-18',
  'The record that Article 14 asks for is not complete.',
  'المحضر الذي تتطلبه المادة 14 غير مكتمل.',
);

/** Rules of the legal way. */
export const legalRules = {
  recordsComplete: t.rule(['ReferredToProsecution'], {
    ...recordIncomplete,
    holds: ({ event, parts }) =>
      event.data.recordIds.every(
        (id) => parts.one(incidentKind, id)?.in('recordComplete') === true,
      ),
  }),
  referredAsApproved: t.rule(['ReferredToProsecution'], {
    ...separated(
      'Only what was proposed and approved is referred.',
      'لا يحال إلا ما اقترح واعتمد.',
    ),
    holds: ({ event, context }) =>
      event.data.recordIds.every((id) => context.referral?.recordIds.includes(id) !== false),
  }),
  escalationFounded: t.rule(['ComplaintEscalatedToReport'], {
    ...refuse(
      'LEGAL_BASIS_MISSING',
      'escalation',
      'A complaint becomes a report on a legal basis that policy names.',
      'لا تتحول الشكوى إلى بلاغ إلا على أساس قانوني تحدده السياسة.',
    ),
    holds: ({ event, policy }) => Object.hasOwn(basesOf(policy), event.data.legalBasis),
  }),
  escalationFitsRelation: t.rule(['ComplaintEscalatedToReport'], {
    ...refuse(
      'LEGAL_BASIS_MISSING',
      'escalation',
      'Outside the statutory family the law on family violence is no basis of a report.',
      'إذا كانت الصلة خارج نطاق الأسرة في القانون فلا يصلح قانون العنف الأسري أساسا للبلاغ.',
    ),
    holds: ({ event, policy, context }) =>
      context.matter?.nonStatutoryFamily !== true ||
      basesOf(policy)[event.data.legalBasis] !== 'familyOnly',
  }),
  evidenceOfIncident: t.rule(['EvidenceLogged'], {
    ...refuse(
      'INCIDENT_UNKNOWN',
      'evidence',
      'Evidence belongs to an incident of this case.',
      'يتعلق الدليل بواقعة مسجلة في هذه القضية.',
    ),
    holds: ({ event, parts }) => parts.one(incidentKind, event.data.incidentId) !== undefined,
  }),
  custodyUnbroken: t.rule(['EvidenceCustodyTransferred'], {
    ...refuse(
      'CUSTODY_BROKEN',
      'evidence',
      'Evidence is handed on by whoever holds it, to somebody else, and after it came to them.',
      'لا يسلم الدليل إلا حائزه إلى غيره وبعد استلامه.',
    ),
    holds: ({ event: { data, recordedAt }, parts }) => {
      const held = parts.one(evidenceKind, data.evidenceId)?.context;
      if (held === undefined) return true;
      const isTime = held.heldSince <= data.at && data.at <= recordedAt;
      return held.holder === data.from && data.from !== data.to && isTime;
    },
  }),
  placementOrdered: t.rule(['ShelterPlacementOrdered'], {
    ...refuse(
      'LEGAL_BASIS_MISSING',
      'shelter',
      'A place in a shelter needs an order of the Public Prosecution.',
      'يتطلب الإيداع في دار الإيواء أمرا من النيابة العامة.',
    ),
    holds: ({ event }) => event.data.ppOrderRef !== undefined,
  }),
};
