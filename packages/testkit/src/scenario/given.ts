// Steps that are written once and used several times: a step `given: NAME` stands for all of them.
import { didYouMean } from './nearest.ts';
import type { Finding } from './issues.ts';
import { both, mistake } from './mistake.ts';
import type { Path } from './problem.ts';

/** A step as it is written, and where. */
export interface Written {
  readonly step: unknown;
  readonly path: Path;
}

/** The steps of a scenario in the order they are taken, and what is wrong with those given. */
export function writtenSteps(value: unknown): {
  readonly steps: readonly Written[];
  readonly findings: readonly Finding[];
} {
  const { steps, given } = (value ?? {}) as { readonly steps?: unknown; readonly given?: unknown };
  const lists = isFields(given) ? given : {};
  const used = new Set<string>();
  const findings: Finding[] = [];
  const taken = listOf(steps).flatMap((step, index): readonly Written[] => {
    const path = ['steps', index];
    if (!isFields(step) || !Object.hasOwn(step, 'given')) return [{ step, path }];
    const name = step['given'];
    const others = Object.keys(step).filter((key) => key !== 'given');
    const known = typeof name === 'string' && Object.hasOwn(lists, name);
    if (!known) {
      const hint = didYouMean(String(name), Object.keys(lists));
      const message = mistake(LISTED, `"${String(name)}"`, hint);
      findings.push({ path: [...path, 'given'], message, at: 'value' });
      return [];
    }
    for (const key of others) {
      findings.push({ path: [...path, String(key)], message: mistake(ALONE), at: 'key' });
    }
    used.add(name);
    return listOf(lists[name]).map((one, place) => ({ step: one, path: ['given', name, place] }));
  });
  for (const name of Object.keys(lists)) {
    if (used.has(name)) continue;
    findings.push({ path: ['given', name], message: mistake(USED), at: 'key' });
  }
  return { steps: taken, findings };
}

const LISTED = both('the name of a list in given', 'اسم قائمة في given');
const ALONE = both('nothing beside given in this step', 'ألا يكون في هذه الخطوة غير given');
const USED = both('a step that uses this list', 'خطوة تستعمل هذه القائمة');

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
