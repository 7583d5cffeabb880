// What the engine's rim shares: one store, one registry, one clock, one audit stream.
import { monotonicFactory } from 'ulid';
import { randomBytes } from 'node:crypto';
import { Fault, type EventStore } from '@himaya/event-store';
import { AuditLog } from './audit-log.ts';
import { CaseLoader } from './case-loader.ts';
import { ClockGuard } from './clock-guard.ts';
import type { Alert, Clock, EngineOptions, Ids } from './ports.ts';
import { registryOf, type Registry } from './registry.ts';
import { engineTelemetry, type Telemetry } from './telemetry.ts';

/** Folded cases kept in memory unless the host says otherwise: about 20 MB of small cases. */
const STATES_MAX = 2_000;
/** Random bytes fetched at once: one call to the system for some sixty identifiers. */
const RANDOM_BYTES = 1_024;

/** The shared parts. */
export interface EngineContext {
  readonly options: EngineOptions;
  readonly store: EventStore;
  readonly registry: Registry;
  readonly loader: CaseLoader;
  readonly clock: ClockGuard;
  readonly ids: Ids;
  readonly audit: AuditLog;
  readonly telemetry: Telemetry;
  /** Tells the host; a host that throws stops nothing. */
  alert(alert: Alert): void;
}

/** The clocks of this process. */
export const processClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
};

/** Monotonic ULIDs from the system's randomness. */
export function processIds(): Ids {
  let pool = randomBytes(RANDOM_BYTES);
  let used = 0;
  const make = monotonicFactory(() => {
    if (used === pool.length) {
      pool = randomBytes(RANDOM_BYTES);
      used = 0;
    }
    return (pool[used++] as number) / 256;
  });
  return { next: () => make() };
}

/** Identifiers that never run out: what the host cannot name the engine names itself, and says so. */
function lastingIds(given: Ids, failed: () => void): Ids {
  const own = processIds();
  return {
    next: () => {
      try {
        return given.next();
      } catch {
        failed();
        return own.next();
      }
    },
  };
}

const WRITER = /^[A-Za-z0-9]{1,64}$/;

function badWriter(found: string): Fault {
  return new Fault({
    code: 'writer-invalid',
    attempted: 'Cannot make an engine',
    found: `its writer is ${JSON.stringify(found)}`,
    todo: 'Name it with 1 to 64 letters and digits: it is part of the name of its audit stream',
  });
}

/** Puts the shared parts together. @throws Fault `writer-invalid` and those of the registry */
export function engineContext(options: EngineOptions): EngineContext {
  const { store, writer } = options;
  if (writer !== undefined && !WRITER.test(writer)) throw badWriter(writer);
  const registry = registryOf(options.caseTypes, options.policies);
  const source = options.clock ?? processClock;
  const clock = new ClockGuard(source);
  const telemetry = engineTelemetry(() => source.monotonicMs());
  const alert = (told: Alert): void => {
    telemetry.alert(told.code);
    try {
      options.onAlert?.(told);
    } catch {
      // The host's own reporting must never stop a command.
    }
  };
  const message = 'the host could not make an identifier; the engine made one';
  const ids = options.ids
    ? lastingIds(options.ids, () => alert({ code: 'ids-failed', message }))
    : processIds();
  return {
    options,
    store,
    registry,
    loader: new CaseLoader(store, registry, options.statesMax ?? STATES_MAX),
    clock,
    ids,
    audit: new AuditLog(store, clock, ids, writer ?? ids.next()),
    telemetry,
    alert,
  };
}
