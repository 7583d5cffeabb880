// The one error of `compile`: everything in a machine that a case cannot be run on, with its cure.

/** One unsupported feature: where it is, what it is, what to write instead. */
export interface ChartProblem {
  /** Path of the state, such as `resolution.settled`; empty for the machine itself. */
  readonly path: string;
  readonly feature: string;
  readonly cure: string;
}

/** Thrown by `compile`; names every problem of the machine at once. */
export class UnsupportedStatechart extends Error {
  override readonly name = 'UnsupportedStatechart';
  readonly machine: string;
  readonly problems: readonly ChartProblem[];

  constructor(machine: string, problems: readonly ChartProblem[]) {
    const lines = problems.map(
      ({ path, feature, cure }) => `  - ${path === '' ? '(root)' : path}: ${feature}. ${cure}`,
    );
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    super(`Cannot compile machine "${machine}": ${count}.\n${lines.join('\n')}`);
    this.machine = machine;
    this.problems = problems;
  }
}
