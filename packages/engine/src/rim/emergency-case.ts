// The case an emergency is recorded in: loaded whatever is wrong with it, or the one that took over.
import { isFault, type StreamName } from '@himaya/event-store';
import type { Actor } from '../actor.ts';
import type { ParsedCommand } from '../command.ts';
import { deriveId } from '../derive-id.ts';
import type { CaseState } from '../state.ts';
import type { Loaded } from './case-loader.ts';
import type { EngineContext } from './context.ts';
import type { Outcome } from './ports.ts';
import { recordedOutcome } from './recorded-outcome.ts';

/** Cases that took over from one another, followed at most: a circle must not catch an emergency. */
const SUCCESSORS_MAX = 16;

/**
 * Where the record keeps an emergency: its outcome if it is there already, else the id under which
 * to record it. That is its own, unless another command has used that up, which must not cost the
 * record of an ambulance: then one that is derived from it, the same whenever it is given again.
 */
export async function placeOfEmergency<Found>(
  command: { readonly id: string; readonly name: string },
  actor: Actor,
  knownAs: (id: string) => Promise<Found | 'another' | undefined>,
): Promise<{ readonly known: Found } | { readonly id: string }> {
  for (let place = 0; ; place += 1) {
    const own = emergencyId(command, actor, place);
    const known = await knownAs(own);
    if (known === undefined) return { id: own };
    if (known !== 'another') return { known };
  }
}

/** The id of an emergency, or the derived one that stands in for it when that is used up. */
export function emergencyId(
  { id, name }: { readonly id: string; readonly name: string },
  { staff }: Actor,
  place: number,
): string {
  return place === 0 ? id : deriveId(id, name, staff, `${place}`);
}

/** What a case has recorded of an emergency under its id; its pages may be damaged since. */
export async function knownIn(
  context: EngineContext,
  state: CaseState,
  command: ParsedCommand,
  actor: Actor,
): Promise<Outcome | 'another' | 'unreadable' | undefined> {
  try {
    const known = await recordedOutcome(context, state, command, actor);
    return known?.kind === 'refused' ? 'another' : known;
  } catch {
    return 'unreadable';
  }
}

/** Whether the store had no time just now: the same append may succeed a little later. */
export function isBusy(error: unknown): boolean {
  return isFault(error, 'store-busy') || isFault(error, 'store-overloaded');
}

/**
 * Whether the store itself failed: what cannot be written anywhere is for the caller to repeat.
 * Damage is in one place: it must hold up nothing elsewhere.
 */
export function isStoreFault(error: unknown): boolean {
  return isFault(error) && error.code.startsWith('store-') && error.code !== 'store-corrupt';
}

/** Loads a case; a record that cannot be read must not stop an emergency. */
export async function loadForEmergency(
  { loader }: EngineContext,
  stream: StreamName,
  fresh: boolean,
): Promise<Loaded> {
  try {
    return await (fresh ? loader.refresh(stream) : loader.load(stream));
  } catch {
    // Also a page of the file that is damaged: what matters is whether anything can be written.
    return { kind: 'none' };
  }
}

/** The case that now stands for this one, following merges and transfers. */
export async function successorOf(
  context: EngineContext,
  state: CaseState,
): Promise<StreamName> {
  const seen = new Set<StreamName>([state.stream]);
  let current = state;
  while (seen.size <= SUCCESSORS_MAX) {
    const id = namedSuccessor(current);
    if (id === undefined) return current.stream;
    const next = context.registry.streamOf(id);
    if (seen.has(next)) return state.stream;
    seen.add(next);
    const loaded = await loadForEmergency(context, next, false);
    if (loaded.kind !== 'case') return current.stream;
    current = loaded.state;
  }
  return state.stream;
}

function namedSuccessor({ pin, chart }: CaseState): string | undefined {
  try {
    return pin.caseType.successor(chart.context);
  } catch {
    // A definition that throws names nobody: the case that was meant takes the emergency itself.
    return undefined;
  }
}
