// What is measured: cases of the parking dispute, opened and added to by commands like an office's.
import { createEngine, deriveId, type Clock, type Command, type Engine } from '@himaya/engine';
import type { EventStore } from '@himaya/event-store';
import { caseTypes, policies } from '@himaya/family-protection';

/** The officer who gives every command. */
export const officer = { staff: 'int1', role: 'INT', office: 'MUH-FCP' };

const OPENED_MS = Date.parse('2027-05-09T06:00:00Z');

/** A clock that runs, from a morning on which the policy is in force. */
const clock: Clock = {
  now: () => OPENED_MS + performance.now(),
  monotonicMs: () => performance.now(),
};

/** An engine of the office over `store`. */
export function officeEngine(store: EventStore, statesMax: number): Engine {
  return createEngine({ store, caseTypes, policies, office: 'MUH-FCP', clock, statesMax });
}

let made = 0;

/** A command id that was not used before. */
export function commandId(): string {
  made += 1;
  return deriveId('bench', `${process.pid}`, `${made}`);
}

/** A command that opens a case. */
export function openingCommand(): Command {
  const id = commandId();
  return {
    id,
    name: 'RegisterComplaint',
    caseType: 'community.parkingDispute',
    input: complaint(id),
  };
}

/** A command that adds to a case and is possible again and again. */
export function addingCommand(caseId: string): Command {
  const id = commandId();
  return {
    id,
    name: 'AddParty',
    caseId,
    input: party(id),
  };
}

function complaint(id: string): unknown {
  return {
    complaintNo: `MUH-C-${id.slice(-8)}`,
    subType: 'alley',
    place: 'alley-12',
    block: '215',
    publicImpact: 'neighbourhood',
    plate: '123456',
    narrative: 'Cars stand so that nobody can turn at the end of the alley.',
    accessNeeds: [],
  };
}

function party(id: string): unknown {
  return {
    partyId: `party-${id.slice(-8)}`,
    person: `person-${id.slice(-8)}`,
    partyRole: 'neighbour',
    relationToComplainant: 'neighbour',
    band: 'adult',
  };
}

/** Opens `count` cases, `concurrency` at a time. */
export async function openCases(
  engine: Engine,
  count: number,
  concurrency: number,
): Promise<readonly string[]> {
  const ids: string[] = [];
  let left = count;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const outcome = await engine.execute(openingCommand(), officer);
      if (outcome.kind !== 'accepted') throw new Error(`not opened: ${JSON.stringify(outcome)}`);
      ids.push(outcome.case.caseId);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return ids;
}
