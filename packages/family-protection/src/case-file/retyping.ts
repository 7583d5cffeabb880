// Moving a case to another type: more protection needs nobody's leave, less needs a supervisor's.
import type { PolicyReader } from '@himaya/engine';
import { z } from 'zod';
import { commandsOver } from '../command.ts';
import { harmText, otherTypeThan, ref, type CaseTypeName } from '../fields.ts';
import { rulesOver } from '../rule.ts';
import { ordinary, type StaffMemory } from '../staff/duties.ts';
import { reclassifying } from '../staff/grants.ts';
import { caseStream } from '../streams.ts';
import { refuse } from '../wording/wording.ts';
import { isItself } from './commands.ts';
import { caseId } from './events.ts';

/** Events by which a case of the type `own` becomes one of another type; `about`: whom it is about. */
export function retypingEventsOf(own: CaseTypeName, about: string) {
  return {
    CaseReclassified: z.strictObject({
      from: z.literal(own),
      to: otherTypeThan(own),
      direction: z.enum(['moreProtective', 'lessProtective']),
      approver: ref.exactOptional(),
      reason: harmText(about),
    }),
    SuccessorOpened: z.strictObject({
      caseId,
      /** The child whose matter the successor takes over; absent: it takes over the whole case. */
      partyId: ref.exactOptional(),
    }),
  };
}
/** Their schemas, by name. */
export type RetypingEvents = ReturnType<typeof retypingEventsOf>;

/** How protective a type of case is. */
export function protectionOf({ policy }: { readonly policy: PolicyReader }, type: string): number {
  const rank = policy.value('caseType.protection') as Readonly<Record<string, number>>;
  return rank[type] ?? 0;
}

/** How protective a type must be at least; a reason that policy does not name leaves none open. */
export function protectionFor({ policy }: { readonly policy: PolicyReader }, why: string): number {
  const table = policy.value('caseType.protectionNeeded') as Readonly<Record<string, number>>;
  return table[why] ?? Infinity;
}

const command = commandsOver<StaffMemory, RetypingEvents>();

/** Commands by which a case of the type `own` becomes one of another type. */
export function retypingCommandsOf(own: CaseTypeName, about: string) {
  const events = retypingEventsOf(own, about);
  const { to, reason } = events.CaseReclassified.shape;
  return {
    ReclassifyCase: command({
      input: z.strictObject({ to, reason }),
      polarity: 'protective',
      by: reclassifying,
      duties: ordinary,
      records: ['CaseReclassified'],
      decide: (input, view) => {
        const isMore = protectionOf(view, input.to) > protectionOf(view, own);
        const data = { from: own, to: input.to, reason: input.reason };
        return [
          {
            type: 'CaseReclassified',
            data: isMore
              ? { ...data, direction: 'moreProtective' }
              : { ...data, direction: 'lessProtective', approver: view.actor.staff },
          },
        ];
      },
    }),
    RecordSuccessor: command({
      input: events.SuccessorOpened,
      polarity: 'protective',
      by: ['INT', 'CW', 'SUP', 'HEAD', 'SYS'],
      duties: ordinary,
      records: ['SuccessorOpened'],
      reads: (input) => [caseStream(input.caseId)],
      recheckSuffices: true,
      decide: (input, view) =>
        isItself(input.caseId, view) ?? [{ type: 'SuccessorOpened', data: input }],
    }),
  };
}

/** What these rules ask of a case's memory. */
export interface RetypingMemory {
  readonly reclassifiedTo: string | null;
}
const rule = rulesOver<RetypingMemory, RetypingEvents>();
const refused = (en: string, ar: string) =>
  refuse('RECLASSIFICATION_NOT_APPROVED', 'INV-22', en, ar);

/** The refusal of a type that protects less than is needed. */
export const unprotected = refused(
  'Where harm was found or is feared, or a child is concerned, only a type that protects is open.',
  'إذا ثبت أذى أو خيف وقوعه أو تعلق الأمر بطفل فلا تنقل القضية إلا إلى نوع يكفل الحماية.',
);

/** Rules of moving a case to another type. */
export const retypingRules = {
  lessProtectionApproved: rule(['CaseReclassified'], {
    ...refused(
      'Only a supervisor may move a case to a less protective type.',
      'نقل القضية إلى نوع أقل حماية يتطلب موافقة المشرف.',
    ),
    holds: ({ event }) =>
      event.data.direction === 'moreProtective' ||
      (event.data.approver !== undefined && ['SUP', 'HEAD'].includes(event.actor.role)),
  }),
  protectionKept: rule(['CaseReclassified'], {
    ...refused(
      'A case that waits for its new type is given no other one that protects less.',
      'القضية التي تنتظر نوعها الجديد لا تنقل إلى نوع آخر أقل حماية منه.',
    ),
    holds: (view) => {
      const { reclassifiedTo: chosen } = view.context;
      return (
        chosen === null ||
        protectionOf(view, view.event.data.to) >= protectionOf(view, chosen)
      );
    },
  }),
};
