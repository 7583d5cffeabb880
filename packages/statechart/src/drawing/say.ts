// Transitions as people read them: event, conditions in full, and what follows.
import { afterEvent } from '../events.ts';
import { placesOf, type ConditionPlace } from '../placed-transitions.ts';
import type { GuardTest, PlacedTransition } from '../placed-transitions.ts';
import type { ActionStructure, GuardStructure } from '../structure.ts';
import type { ChartWords } from './words.ts';

const AFTER = afterEvent('');

/** Event, conditions and what follows, on one line. */
export function sayTransition(transition: PlacedTransition, words: ChartWords): string {
  const { guard, isLast, actions, reenter, targets } = transition;
  const { phrases } = words;
  const condition = guard ? sayGuard(guard, transition, words) : isLast ? phrases.otherwise : '';
  const isAgain = reenter && targets.length > 0;
  const isIgnored = targets.length === 0 && actions.length === 0;
  return [
    sayEvent(transition.event, words),
    ...(condition === '' ? [] : [`[${condition}]`]),
    ...(isAgain ? [`(${phrases.again})`] : []),
    ...(isIgnored ? [`(${phrases.ignored})`] : []),
    ...sayFollowing(actions, words),
  ].join(' ');
}

/** The event of a transition; what is no event is said in words. */
export function sayEvent(event: string, words: ChartWords): string {
  const { phrases } = words;
  if (event === '@always') return phrases.always;
  if (event === '@done') return phrases.done;
  if (event === '*') return phrases.anyEvent;
  if (event.startsWith(AFTER)) return `${phrases.after} ${words.delay(event.slice(AFTER.length))}`;
  return words.event(event);
}

/** A guard in full: what it asks, joined as it joins it. */
export function sayGuard(
  guard: GuardStructure,
  transition: PlacedTransition,
  words: ChartWords,
): string {
  const places = placesOf(transition);
  const say = (one: GuardStructure): string => {
    const place = places.get(one);
    if (one.kind === 'test' && place) return sayTest(one, place, words);
    if (one.kind === 'test') return words.phrases.condition;
    return sayOther(one, say, words);
  };
  return say(guard);
}

function sayTest({ name, params }: GuardTest, place: ConditionPlace, words: ChartWords): string {
  const said = words.condition(place);
  if (said !== undefined) return said;
  if (name === null) return words.phrases.condition;
  return params === undefined ? name : `${name}(${JSON.stringify(params)})`;
}

function sayOther(
  guard: Exclude<GuardStructure, GuardTest>,
  say: (guard: GuardStructure) => string,
  words: ChartWords,
): string {
  const { and, or, not, inState } = words.phrases;
  if (guard.kind === 'rules') return guard.codes.map((code) => words.rule(code)).join(` ${and} `);
  if (guard.kind === 'in') {
    return `${inState} ${guard.states.map((path) => words.state(path)).join(` ${and} `)}`;
  }
  const parts = guard.parts.map((part) => {
    const isJoined = (part.kind === 'and' || part.kind === 'or') && part.parts.length > 1;
    return isJoined ? `(${say(part)})` : say(part);
  });
  if (guard.kind === 'not') return `${not} ${parts.join(` ${and} `)}`;
  return parts.join(` ${guard.kind === 'and' ? and : or} `);
}

/** Assigns are the case's own book-keeping and are not said. */
function sayFollowing(actions: readonly ActionStructure[], words: ChartWords): readonly string[] {
  const named = actions.flatMap((action) => {
    if (action.kind === 'raise') return [action.event === null ? '…' : words.event(action.event)];
    return action.kind === 'effect' ? [action.name] : [];
  });
  return named.length === 0 ? [] : [`/ ${words.phrases.causes} ${named.join(', ')}`];
}
