// Refusals on the record: who was refused what, in the audit stream of this process.
import type { Actor } from '../actor.ts';
import { whyOf } from '../authored.ts';
import type { Violation } from '../rule.ts';
import type { EngineContext } from './context.ts';

/** Records a refusal; if that fails, people are told and the refusal stands. */
export async function recordRefusal(
  context: EngineContext,
  actor: Actor | undefined,
  command: { readonly id: string; readonly name: string },
  caseId: string | undefined,
  violations: readonly Violation[],
): Promise<void> {
  const unknown = { staff: 'unknown', role: 'unknown', office: context.options.office };
  try {
    await context.audit.record({ actor: actor ?? unknown, command, caseId, violations });
  } catch (error) {
    context.alert({ code: 'audit-not-recorded', message: whyOf(error) });
  }
}
