// Collecting what is unsupported, so that one error can name all of it.
import type { ChartProblem } from './unsupported-statechart.ts';

/** A list of problems that names each (path, feature) once. */
export class Problems {
  readonly #found = new Map<string, ChartProblem>();

  /** Notes that the state at `path` uses `feature`; `cure` says what to write instead. */
  refuse(path: string, feature: string, cure: string): void {
    const key = `${path}\n${feature}`;
    if (!this.#found.has(key)) this.#found.set(key, { path, feature, cure });
  }

  /** Everything noted so far, in the order in which it was found. */
  list(): readonly ChartProblem[] {
    return [...this.#found.values()];
  }
}
