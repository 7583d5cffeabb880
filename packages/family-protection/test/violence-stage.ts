// A violence case that goes through steps, and what of it a test looks at then.
import { domesticViolence } from '../src/index.ts';
import { play, type Step } from './alley.ts';

/** Plays a case of domestic violence. */
export const stage = { caseType: domesticViolence };

/** With which codes the last step was refused. */
export const codesOf = async (...steps: readonly Step[]) => (await play(steps, stage)).codes;

/** What is seen of the case after these steps. */
export const viewAfter = async (...steps: readonly Step[]) => (await play(steps, stage)).view;

/** When a deadline is due after these steps. */
export const dueOf = async (code: string, ...steps: readonly Step[]) =>
  (await viewAfter(...steps)).deadlines.find((one) => one.code === code)?.dueAt;

/** The last part of a kind after these steps. */
export const partOf = async (kind: string, ...steps: readonly Step[]) =>
  (await viewAfter(...steps)).parts.findLast((one) => one.kind === kind);
