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
interface Memory {
  readonly immediateDanger: boolean;
  readonly dangerUnmet: boolean;
  readonly dangerAt: string;
}
/** An event that says whether there is an immediate danger. */
interface Telling {
  readonly context: Memory;
  readonly event: {
    readonly occurredAt: string;
    readonly data: { readonly immediateDanger: boolean };
  };
}

/** Whether something was done after every danger that was told: what came before answers nothing. */
function answers({
  context,
  event,
}: {
  readonly context: Pick<Memory, 'dangerAt'>;
  readonly event: { readonly occurredAt: string };
}): boolean {
  return event.occurredAt >= context.dangerAt;
}

/** What a file remembers once a danger is told of, or is said not to be immediate. */
export const dangerNoted = {
  immediateDanger: ({ context, event }: Telling): boolean =>
    context.immediateDanger || event.data.immediateDanger,
  dangerUnmet: ({ context, event }: Telling): boolean =>
    context.dangerUnmet || event.data.immediateDanger,
  /** The latest time at which an immediate one was told of. */
  dangerAt: (view: Telling): string =>
    view.event.data.immediateDanger && answers(view)
      ? view.event.occurredAt
      : view.context.dangerAt,
};

/** Whether a danger still waits once this is done. */
export function isUnmetAfter(view: {
  readonly context: Memory;
  readonly event: { readonly occurredAt: string };
}): boolean {
  return view.context.dangerUnmet && !answers(view);
}

/** The term of the first action. */
export const firstAction = {
  code: 'T-EMERG',
  armedBy: ['IntakeStarted', 'SafetyConcernNoted'],
  // Only an action answers a danger, or another file that has it; that this one was left does not.
  disarmedBy: ['ProtectiveMeasureStarted', 'MedicalTransferOrdered', 'DangerTaken'],
  disarms: (view: Disarming): boolean => {
    const { event, context } = view;
    if (event.type !== 'DangerTaken') return answers(view);
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
