// Rules about other cases of the households that the parties belong to, asked before they meet.
import type { DecideView, RuleSpec } from '@himaya/engine';
import type { Question } from '../../household/linked-dangers.ts';
import { linkedReads, namedIn, type Naming } from '../../household/linked-files.ts';
import { linkRulesFor } from '../../household/link-rules.ts';
import { linkedRulesFor } from '../../household/linked-rules.ts';
import { partsIn } from '../../parts.ts';
import { hasMediation } from '../consequences/of-safety.ts';
import type { Context } from '../context.ts';
import { t, type View } from '../head.ts';
import { offersOf } from '../parts/kinds.ts';
import { bound } from './mediation.ts';

/** Steps of a mediation: by each of them people are brought together, or on the way to it. */
export const gathering = [
  'MediationOffered',
  'PartyConsented',
  'ReconciliationSessionScheduled',
  'SessionHeld',
  'NeighbourhoodAgreementSigned',
] as const;
type Gathering = Extract<View['event'], { readonly type: (typeof gathering)[number] }>;
type Step = Omit<View, 'event'> & { readonly event: Gathering };

/** Whom the mediation of this round would bring together. */
function mediated({ parts, context: { round } }: Pick<View, 'parts' | 'context'>) {
  return partsIn(offersOf(parts, round), 'open', 'accepted').map(({ context }) => context.partyId);
}

/** Whom a step brings together: a party who is asked alone would meet the others. */
function meeting(view: Step): readonly string[] {
  const isAlone = view.event.type === 'MediationOffered' || view.event.type === 'PartyConsented';
  return [...bound(view.event), ...(isAlone ? mediated(view) : [])];
}

/** Neighbours are no household: a danger counts that concerns two who would meet. */
function questionOf(view: Step): Question {
  const { event } = view;
  const start = event.type === 'ReconciliationSessionScheduled' ? [event.data.start] : [];
  return {
    parties: meeting(view),
    instants: [event.occurredAt, event.recordedAt, ...start],
    atLeast: 2,
    since: null,
  };
}

/** The streams that a step of the mediation rests on, whoever it names. */
export function readsOf(input: Naming, view: DecideView<Context>): readonly string[] {
  return linkedReads(view, [...namedIn(input), ...mediated(view)]);
}

/** Whom the case is bringing together just now. */
export function underWay(view: DecideView<Context>): Omit<Question, 'instants'> {
  return { parties: mediated(view), atLeast: 2, since: null };
}

const specs = linkedRulesFor<Step>(questionOf);
const everyStep = (spec: RuleSpec<Step>) => t.rule<Gathering['type']>(gathering, spec);

/** Rules about households and their other cases. */
export const linkedRules = {
  ...linkRulesFor<Context>((view) => view.context.dangerUnmet || hasMediation(view)),
  linkedFilesThere: everyStep(specs.linkedFilesThere),
  linkListed: everyStep(specs.linkListed),
  linkedNoOrder: everyStep(specs.linkedNoOrder),
  linkedNotApart: everyStep(specs.linkedNotApart),
  linkedRiskLow: everyStep(specs.linkedRiskLow),
  linkedTypePermits: everyStep(specs.linkedTypePermits),
};
