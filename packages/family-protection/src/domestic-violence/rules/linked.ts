// Rules about the other cases of the household, asked at every step that brings people together.
import type { DecideView, Instant, RuleSpec } from '@himaya/engine';
import { meetingWordings } from '../../conciliation/wordings.ts';
import {
  breachesAround,
  incidentsAround,
  isBrokenAround,
  type Question,
} from '../../household/linked-dangers.ts';
import { linkedReads, namedIn, type Naming } from '../../household/linked-files.ts';
import { linkRulesFor } from '../../household/link-rules.ts';
import { linkedRulesFor } from '../../household/linked-rules.ts';
import type { Context } from '../context.ts';
import { t, type View } from '../head.ts';
import { isOrderAsked, ordersInForce } from '../orders.ts';
import { breachKind, incidentKind } from '../parts/kinds.ts';
import { isReconciling } from '../reconciling.ts';
import { highestWithin, isHigh } from '../risk.ts';
import { isGrave, isPattern } from './eligibility.ts';
import { gathered, gathering, instantsOf, isOnlyRefusing, type Gathering } from './safety.ts';

type Step = Omit<View, 'event'> & { readonly event: Gathering };

/** What a step asks of the other cases. Before a round begins nothing has been judged yet. */
function questionOf(view: Step): Question {
  const { event, context } = view;
  const judgedAt = (context.reconciliation.judgedAt ?? null) as Instant | null;
  return {
    parties: gathered(event, view),
    instants: instantsOf(event),
    atLeast: 1,
    since: event.type === 'EligibilityAssessed' ? null : judgedAt,
  };
}

/** The streams that a step of the reconciliation rests on, whoever it names. */
export function readsOf(input: Naming, view: DecideView<Context>): readonly string[] {
  return linkedReads(view, [...namedIn(input), ...view.context.reconciliation.participants]);
}

/** Whom the case is bringing together just now. */
export function underWay({ context }: DecideView<Context>): Omit<Question, 'instants'> {
  const { participants, judgedAt } = context.reconciliation;
  return { parties: participants, atLeast: 1, since: judgedAt as Instant | null };
}

const specs = linkedRulesFor<Step>((view) =>
  isOnlyRefusing(view.event) ? undefined : questionOf(view),
);

const everyStep = (spec: RuleSpec<Step>) => t.rule<Gathering['type']>(gathering, spec);

/** Rules about the household and its other cases. */
export const linkedRules = {
  ...linkRulesFor<Context>((view) => {
    const { context, event, parts, policy } = view;
    const isBound = isOrderAsked(parts) || ordersInForce(parts, event.recordedAt).length > 0;
    const isRisky = isHigh(highestWithin(context, event.recordedAt, policy));
    return isBound || isRisky || context.dangerUnmet || isReconciling(view);
  }),
  linkedPast: t.rule(['EligibilityAssessed'], {
    ...meetingWordings.risk,
    holds: (view) => {
      if (isOnlyRefusing(view.event) || view.context.households.length === 0) return true;
      const question = questionOf(view);
      const all = [...view.parts.all(incidentKind), ...incidentsAround(view, question)];
      const breaches = [...view.parts.all(breachKind), ...breachesAround(view, question)];
      const isRepeated = isPattern(all, breaches, view) || isBrokenAround(view, question);
      return !isGrave(all, view) && !isRepeated;
    },
  }),
  linkedFilesThere: everyStep(specs.linkedFilesThere),
  linkListed: everyStep(specs.linkListed),
  linkedEveryone: everyStep(specs.linkedEveryone),
  linkedNoOrder: everyStep(specs.linkedNoOrder),
  linkedNotApart: everyStep(specs.linkedNotApart),
  linkedRiskLow: everyStep(specs.linkedRiskLow),
  linkedTypePermits: everyStep(specs.linkedTypePermits),
};
