// The verdicts of a search, claim by claim, as they fall.
import type { Claim } from './abstraction.ts';
import { Unknown } from './unknown.ts';
import type { AbstractStep, Verdict } from './verdict.ts';

/** Whether a claim looks at decisions on an event. */
export function isAbout({ neverBy, decisions }: Claim, type: string): boolean {
  return neverBy !== undefined && (decisions?.includes(type) ?? true);
}

/** What is to be said of a claim that nothing has spoken against when every state was visited. */
function whenOpen({ reachable }: Claim): Verdict {
  return reachable === undefined ? { kind: 'proved' } : { kind: 'found', steps: [] };
}

/** Claims and what has become of them. */
export class Verdicts {
  readonly #claims: readonly Claim[];
  readonly #fallen = new Map<Claim, Verdict>();

  constructor(claims: readonly Claim[]) {
    this.#claims = claims;
  }

  /** Claims that nothing speaks against so far. */
  get open(): readonly Claim[] {
    return this.#claims.filter((claim) => !this.#fallen.has(claim));
  }

  /** Every verdict, once there is nothing more to visit: what is open then is proved. */
  get all(): ReadonlyMap<Claim, Verdict> {
    return new Map(
      this.#claims.map((claim) => [claim, this.#fallen.get(claim) ?? whenOpen(claim)]),
    );
  }

  /** Looks whether a state is one that a claim says can be reached. */
  look(claim: Claim, isThere: () => boolean): void {
    try {
      if (isThere()) this.#fallen.set(claim, { kind: 'possible' });
    } catch (error) {
      if (!(error instanceof Unknown)) throw error;
      this.#fallen.set(claim, { kind: 'notProved', reason: error.text });
    }
  }

  /** Looks whether a claim is broken; one that looks at what is not kept cannot be proved. */
  judge(claim: Claim, isBroken: () => boolean, steps: () => readonly AbstractStep[]): void {
    try {
      if (isBroken()) this.#fallen.set(claim, { kind: 'found', steps: steps() });
    } catch (error) {
      if (!(error instanceof Unknown)) throw error;
      this.#fallen.set(claim, { kind: 'notProved', reason: error.text });
    }
  }
}
