// The released case types and policies side by side, and which of them a new case is pinned to.
import { Fault, type Instant, type StreamName } from '@himaya/event-store';
import { caseIdOf } from '../case-id.ts';
import type { CaseType } from '../compiled.ts';
import type { Procedures } from '../fold.ts';
import { byVersion } from '../ordering.ts';
import { policiesOf, policyInForce } from '../policy-in-force.ts';
import type { Policy } from '../policy.ts';
import type { Pin } from '../state.ts';

/** Finds definitions. */
export interface Registry extends Procedures {
  /** The newest version of each case type. */
  readonly latest: readonly CaseType[];
  /**
   * What a case opened at `at` is pinned to: the newest effective version of its policy. An emergency opens
   * its case under the earliest policy rather than under none.
   * @throws Fault `policy-missing`
   */
  pinFor(caseType: CaseType, at: Instant, emergency: boolean): Pin;
  /** Every registered version of every case type. */
  readonly all: readonly CaseType[];
  /** Registered versions of the same case type that are newer, in the order of versions. */
  newerThan(caseType: CaseType): readonly CaseType[];
  /** The stream of a case: `case-<id>`, unless the id begins with another known category. */
  streamOf(caseId: string): StreamName;
  /** Whether a stream holds a case of some registered category. */
  isCase(stream: StreamName): boolean;
  /** The id under which callers know the case in a stream: the inverse of `streamOf`. */
  caseIdOf(stream: StreamName): string;
}

/** Makes the registry. @throws Fault `definition-twice`, `migration-incomplete`, `policy-ambiguous` */
export function registryOf(
  caseTypes: readonly CaseType[],
  policies: readonly Policy[],
): Registry {
  const types = keyed(caseTypes, 'case type');
  const values = keyed(policies, 'policy');
  checkPolicies(caseTypes, policies);
  for (const caseType of caseTypes) checkMigrations(caseType, types);
  const names = [...new Set(caseTypes.map(({ name }) => name))];
  const newest = (name: string): CaseType | undefined =>
    caseTypes
      .filter((one) => one.name === name)
      .sort(byVersion)
      .at(-1);
  const latest = names.flatMap((name) => newest(name) ?? []);
  const newer = new Map(
    caseTypes.map((known) => [
      known,
      caseTypes
        .filter((one) => one.name === known.name && byVersion(one, known) > 0)
        .sort(byVersion),
    ]),
  );
  const categories = new Set(['case', ...caseTypes.map(({ category }) => category)]);
  const categoryOf = (stream: string): string => stream.slice(0, stream.indexOf('-'));
  return {
    latest,
    all: caseTypes,
    newerThan: (known) => newer.get(known) ?? [],
    caseType: (name, version) => types.get(`${name}@${version}`),
    policy: (name, version) => values.get(`${name}@${version}`),
    isCase: (stream) => categories.has(categoryOf(stream)),
    streamOf: (caseId) => {
      if (typeof caseId !== 'string') throw noCaseId(caseId);
      return (categories.has(categoryOf(caseId)) ? caseId : `case-${caseId}`) as StreamName;
    },
    caseIdOf,
    pinFor: (caseType, at, emergency) => {
      const inForce = policyInForce(caseType, policies, at);
      const policy = inForce ?? (emergency ? policiesOf(caseType, policies)[0] : undefined);
      if (policy) return { caseType, policy };
      throw new Fault({
        code: 'policy-missing',
        attempted: `Cannot open a ${caseType.name} at ${at}`,
        found: 'no registered policy is effective then',
        todo: 'Register a policy with an earlier effectiveFrom',
      });
    },
  };
}

/** Which policy a case is opened under must not depend on what else is registered. */
function checkPolicies(caseTypes: readonly CaseType[], policies: readonly Policy[]): void {
  const names = [...new Set(policies.map(({ name }) => name))];
  const unclear = caseTypes.find(({ policy }) => policy === undefined);
  if (names.length < 2 || !unclear) return;
  throw new Fault({
    code: 'policy-ambiguous',
    attempted: `Cannot register case type ${unclear.name}@${unclear.version}`,
    found: `it names no policy, and there are several: ${names.join(', ')}`,
    todo: 'Name one in caseType({ policy: … })',
  });
}

/** No term of an earlier version ends without a word: one that is gone is dropped by its name. */
function checkMigrations(caseType: CaseType, types: ReadonlyMap<string, CaseType>): void {
  const { name, version, migrations, deadlines } = caseType;
  const problems = Object.entries(migrations).flatMap(([from, { timers = {} }]) => {
    const earlier = types.get(`${name}@${from}`);
    if (!earlier) return [];
    const lost = Object.keys(earlier.deadlines)
      .filter((one) => !deadlines[one] && timers[one] !== 'drop')
      .map((one) => `the migration from ${from} does not say that ${one} is dropped`);
    const strange = Object.keys(timers)
      .filter((one) => !earlier.deadlines[one])
      .map((one) => `the migration from ${from} names ${one}, which is no deadline there`);
    return [...lost, ...strange];
  });
  if (problems.length === 0) return;
  throw new Fault({
    code: 'migration-incomplete',
    attempted: `Cannot register case type ${name}@${version}`,
    found: problems.join('; '),
    todo: 'Say in `timers` of the migration what becomes of each deadline',
    data: { problems },
  });
}

function noCaseId(found: unknown): Fault {
  return new Fault({
    code: 'case-id-invalid',
    attempted: 'Cannot look for a case',
    found: `its id is a value of type ${typeof found}`,
    todo: 'Give the id as text',
  });
}

function keyed<One extends { readonly name: string; readonly version: string }>(
  definitions: readonly One[],
  what: string,
): ReadonlyMap<string, One> {
  const found = new Map<string, One>();
  for (const one of definitions) {
    const key = `${one.name}@${one.version}`;
    if (found.has(key) && found.get(key) !== one) {
      throw new Fault({
        code: 'definition-twice',
        attempted: `Cannot register ${what} ${key}`,
        found: 'another one of this name and version is registered',
        todo: 'Give the changed definition a new version',
      });
    }
    found.set(key, one);
  }
  return found;
}
