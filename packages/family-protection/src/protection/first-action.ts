// How soon somebody acts on an immediate danger, whatever the case type.
import { fromArming, type DeadlineView, type Instant } from '@himaya/engine';
import { termFrom, type TermView } from '../deadlines/terms.ts';

type Arming = TermView & Pick<DeadlineView, 'in'>;

/** Whether another file acts: what is told here is told there, and its term runs there. */
function wentOn({ in: inState }: Arming): boolean {
  return inState('lifecycle.merged') || inState('lifecycle.transferred');
}

/** The term of the first action. */
export const firstAction = {
  code: 'T-EMERG',
  armedBy: ['IntakeStarted', 'SafetyConcernNoted'],
  // Only an action answers a danger; that the file went on elsewhere does not.
  disarmedBy: ['ProtectiveMeasureStarted', 'MedicalTransferOrdered'],
  dueAt: (view: Arming): Instant | undefined => {
    const { immediateDanger } = view.event.data as { readonly immediateDanger?: boolean };
    return immediateDanger && !wentOn(view) ? termFrom('T-EMERG')(view) : undefined;
  },
  marks: [
    fromArming('T-EMERG.supervisor', 'SUP'),
    fromArming('T-EMERG.head', 'HEAD'),
    fromArming('T-EMERG.duty', 'DUTY'),
  ],
} as const;
