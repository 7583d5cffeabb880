// The lock of released definitions: what a name and version stood for when it was released.
import type { CaseType, Policy } from '@himaya/engine';
import { versioned } from '../scenario/words.ts';

/** Structure hashes of case types and hashes of policies, by `name@version`. */
export interface Lock {
  readonly caseTypes: Readonly<Record<string, string>>;
  readonly policies: Readonly<Record<string, string>>;
}

/** What is wrong between what was released and what is there now. */
export interface LockProblem {
  readonly code:
    | 'lock-unreadable'
    | 'structure-changed'
    | 'policy-changed'
    | 'definition-not-locked'
    | 'definition-gone'
    | 'scenario-failed'
    | 'golden-missing'
    | 'golden-gone'
    | 'scenario-changed'
    | 'decision-changed'
    | 'deadline-changed'
    | 'deadline-never-armed'
    | 'rule-loosened'
    | 'rule-never-refuses';
  /** The definition, file or rule it is about. */
  readonly subject: string;
  /** One sentence with the cure. */
  readonly message: string;
}

/** The lock of some definitions. */
export function lockOf(caseTypes: readonly CaseType[], policies: readonly Policy[]): Lock {
  const sorted = (pairs: readonly (readonly [string, string])[]): Record<string, string> =>
    Object.fromEntries([...pairs].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  return {
    caseTypes: sorted(caseTypes.map((one) => [versioned(one), one.structureHash])),
    policies: sorted(policies.map((one) => [versioned(one), one.hash])),
  };
}

/** Everything locked that has changed or is gone, and everything present that is not locked. */
export function compareLock(locked: Lock, now: Lock): readonly LockProblem[] {
  return [
    ...compareHashes(locked.caseTypes, now.caseTypes, 'structure-changed', 'case type'),
    ...compareHashes(locked.policies, now.policies, 'policy-changed', 'policy'),
  ];
}

function compareHashes(
  locked: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
  changed: 'structure-changed' | 'policy-changed',
  what: string,
): readonly LockProblem[] {
  const problems: LockProblem[] = [];
  for (const [subject, hash] of Object.entries(locked)) {
    if (now[subject] === hash) continue;
    if (now[subject] === undefined) {
      const message = `${what} ${subject} was released and is gone; keep it importable`;
      problems.push({ code: 'definition-gone', subject, message });
      continue;
    }
    const message = `${what} ${subject} is not what was released; give the change a new version`;
    problems.push({ code: changed, subject, message });
  }
  for (const subject of Object.keys(now)) {
    if (locked[subject] !== undefined) continue;
    const message = `${what} ${subject} is not in the lock; add it when it is released`;
    problems.push({ code: 'definition-not-locked', subject, message });
  }
  return problems;
}

/** The lock with what it does not hold yet; what it holds stays. */
export function extendLock(locked: Lock, now: Lock): Lock {
  return {
    caseTypes: { ...now.caseTypes, ...locked.caseTypes },
    policies: { ...now.policies, ...locked.policies },
  };
}
