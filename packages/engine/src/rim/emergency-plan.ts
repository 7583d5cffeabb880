// What an emergency records in its case: decided now, or later when it is attached.
import { NO_READS } from '../reads.ts';
import { draftOf, type CaseState, type Draft } from '../state.ts';
import type { WriteGroup } from './case-writer.ts';
import {
  decideView,
  planCall,
  wantedEvents,
  type Call,
  type DecisionTimes,
} from './deciding.ts';
import { frameOf, groupOf } from './recording.ts';

/** Events of an emergency with the state after them. */
export interface EmergencyPlan {
  readonly draft: Draft;
  readonly group: WriteGroup;
  readonly alerts: readonly string[];
}

/**
 * Plans an emergency in a case; `undefined` if the case cannot take it. No rule, grant, read or
 * deadline is asked. @throws whatever the definition throws
 */
export function planEmergency(
  call: Call,
  state: CaseState,
  times: DecisionTimes,
): EmergencyPlan | undefined {
  const draft = draftOf(state);
  const view = decideView(call, draft, times, true, NO_READS, undefined);
  const wanted = wantedEvents(call, state.pin.caseType, view);
  if ('refused' in wanted || wanted.length === 0) return undefined;
  const planned = planCall(call, draft, times, wanted, NO_READS);
  if (planned.kind === 'refused') return undefined;
  const group = groupOf(frameOf(call, times, draft, undefined), planned.events);
  return { draft, group, alerts: planned.alerts };
}
