// The way to a state: the steps that lead there, of which there are no fewer.
import { Fault } from '@himaya/event-store';
import type { CaseType } from '../compiled.ts';
import type { PlannedEvent } from '../planned-event.ts';
import { ANY_DATA, type Deciding } from './deciding.ts';
import { decidedOf } from './payload.ts';
import type { AbstractStep } from './verdict.ts';

/** A state that was reached, and from where. */
export interface Node {
  readonly text: string;
  readonly from: Node | undefined;
  readonly step: AbstractStep | undefined;
}

/** A step as a counterexample tells it. */
export function stepOf(
  { type, data }: PlannedEvent,
  recorded: readonly PlannedEvent[],
  deciding: Deciding,
): AbstractStep {
  const decided = data === ANY_DATA ? (decidedOf(deciding.data) ?? {}) : data;
  return {
    type,
    data: decided as AbstractStep['data'],
    followed: recorded.slice(1).map((event) => event.type),
  };
}

/** The steps to a state, the first one first. */
export function stepsTo(node: Node): readonly AbstractStep[] {
  const steps: AbstractStep[] = [];
  for (let at: Node | undefined = node; at !== undefined; at = at.from) {
    if (at.step) steps.unshift(at.step);
  }
  return steps;
}

/** The fault of a check that has more to look at than it may. */
export function overLimit({ name }: CaseType, found: string): Fault {
  return new Fault({
    code: 'check-limit',
    attempted: `Cannot check ${name}`,
    found,
    todo: 'Keep less, list fewer values, or raise the limit',
  });
}
