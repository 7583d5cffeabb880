// How soon somebody acts on an immediate danger, whatever the case type.
import { fromArming, type DeadlineView, type Instant } from '@himaya/engine';
import { termFrom, type TermView } from '../deadlines/terms.ts';
import { hasLeft } from './following.ts';

type Arming = TermView & Pick<DeadlineView, 'in'>;
/** What says whether an event ends the term. */
export interface Disarming {
  readonly event: { readonly type: string; readonly data: unknown; readonly occurredAt: string };
  readonly context: { readonly dangersTold: number; readonly dangerAt: string };
}

/** What a file knows of the immediate dangers that were told in it. */
interface Told {
  readonly context: { readonly dangerUnmet: boolean; readonly dangerAt: string };
  readonly event: { readonly occurredAt: string };
}

/** The latest time at which an immediate danger was told of. */
export function dangerAtOf({
  context,
  event,
}: Told & { readonly event: { readonly data: { readonly immediateDanger: boolean } } }): string {
  const isLater = event.data.immediateDanger && event.occurredAt > context.dangerAt;
  return isLater ? event.occurredAt : context.dangerAt;
}

/** Whether a danger still waits once this is done: what was done before it answers nothing. */
export function isUnmetAfter({ context, event }: Told): boolean {
  return context.dangerUnmet && event.occurredAt < context.dangerAt;
}

/** The term of the first action. */
export const firstAction = {
  code: 'T-EMERG',
  armedBy: ['IntakeStarted', 'SafetyConcernNoted'],
  // Only an action answers a danger, or another file that has it; that this one was left does not.
  disarmedBy: ['ProtectiveMeasureStarted', 'MedicalTransferOrdered', 'DangerTaken'],
  disarms: ({ event, context }: Disarming): boolean => {
    if (event.type !== 'DangerTaken') return event.occurredAt >= context.dangerAt;
    // Of two dangers told one after the other, the first that is taken answers not for the second.
    return (event.data as { readonly told: number }).told >= context.dangersTold;
  },
  dueAt: (view: Arming): Instant | undefined => {
    const { immediateDanger } = view.event.data as { readonly immediateDanger?: boolean };
    // Nobody reads a file that was left: whatever is told there waits for the one that goes on.
    return immediateDanger || hasLeft(view) ? termFrom('T-EMERG')(view) : undefined;
  },
  marks: [
    fromArming('T-EMERG.supervisor', 'SUP'),
    fromArming('T-EMERG.head', 'HEAD'),
    fromArming('T-EMERG.duty', 'DUTY'),
  ],
} as const;
