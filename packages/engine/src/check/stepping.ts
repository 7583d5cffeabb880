// Taking a step over an abstraction: who makes its choices, and what is decided of its event.
import type { CaseType } from '../compiled.ts';
import type { Draft } from '../state.ts';
import { Abstracting } from './abstract-case.ts';
import type { Abstraction } from './abstraction.ts';
import { Choices } from './choices.ts';
import type { Deciding } from './deciding.ts';
import type { Going, Looks } from './going.ts';
import { listedFor, type Listing } from './listed.ts';
import { BEGINNING, type Moments } from './moments.ts';
import { idFieldsOf, type Move } from './moves.ts';
import { Passing } from './passing.ts';
import { Veil } from './veil.ts';

/** How a step is looked at. */
export interface Look {
  /** What fails of what follows is left out instead of refusing all. */
  readonly lenient: boolean;
  /**
   * The step is asked whether it is taken for certain: what is not kept is then no reason for it, and
   * rules that look there count as failing.
   */
  readonly certain?: boolean;
}

/** Steps of one abstract case type. */
export class Stepping {
  readonly veil: Veil;
  readonly abstract: CaseType;
  readonly choices = new Choices();
  readonly looks: Looks = { unknown: new Map(), unrecorded: new Map() };
  readonly #abstracting: Abstracting;
  readonly #listing: Listing;
  #isCertain = false;

  constructor(caseType: CaseType, abstraction: Abstraction, isWatched: boolean) {
    this.veil = new Veil(caseType, abstraction);
    this.#abstracting = new Abstracting(caseType, abstraction, this.veil, this.looks, isWatched);
    this.abstract = this.#abstracting.caseType();
    this.#listing = { whole: caseType, abstraction, idFields: idFieldsOf(caseType, abstraction) };
  }

  /** Whether what is not kept counts as taking an event that nothing else takes. */
  get counts(): boolean {
    return !this.#isCertain;
  }

  /** From now on choices are made for this event. */
  begin(
    moments: Moments,
    { type, roles }: Pick<Move, 'type' | 'roles'>,
    { lenient, certain = false }: Look,
    draft?: Draft,
  ): Deciding {
    const { choices } = this;
    this.#isCertain = certain;
    const listed: Deciding['listed'] = (path) => listedFor(path, this.#listing, draft);
    const passing = new Passing(moments);
    const deciding: Deciding = {
      type,
      roles,
      choices,
      moments,
      listed,
      passing: (path, decide) => passing.decide(path, decide),
      last: draft?.head.recordedAt ?? BEGINNING,
      data: undefined,
      actor: undefined,
      before: undefined,
      recordedAt: undefined,
      occurredAt: undefined,
    };
    this.veil.decide(deciding);
    const outcomes: Going['outcomes'] = (work, enough) => passing.outcomes(work, enough);
    this.#abstracting.go({ choices, moments, outcomes, lenient, certain, unsure: new Map() });
    return deciding;
  }
}
