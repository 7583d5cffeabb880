// What the workers share: a clock they can trust, and one case that fails holding up no other.
import { whyOf } from '../authored.ts';
import type { EngineContext } from './context.ts';
import { isStoreFault } from './emergency-case.ts';
import type { Suspended } from './engine-api.ts';

/** Why a worker does nothing at present, if its clock cannot be trusted. */
export function suspension(context: EngineContext): Suspended | undefined {
  if (!context.clock.isSkewed()) return undefined;
  const reason = 'the clock of this process has moved against its second source';
  context.alert({ code: 'clock-skewed', message: reason });
  return { kind: 'suspended', reason };
}

/**
 * Does one case's share of a run. What fails there is told and holds up no other case; a store that
 * fails ends the run, which is then repeated as a whole.
 */
export async function share<Result>(
  context: EngineContext,
  code: 'deadline-not-reached' | 'reaction-failed',
  caseId: string,
  work: () => Promise<Result>,
): Promise<{ readonly value: Result } | undefined> {
  try {
    return { value: await work() };
  } catch (error) {
    if (isStoreFault(error)) throw error;
    context.alert({ code, caseId, message: whyOf(error) });
    return undefined;
  }
}
