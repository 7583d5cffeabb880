// The head of the case type: its name, its events, its context, and the typed builder.
import { caseType, type CommandSpec, type EventOf, type RuleView } from '@himaya/engine';
import type { z } from 'zod';
import { safetyEvents } from '../protection/events.ts';
import { staffEvents } from '../staff/events.ts';
import { contextSchema, type Context } from './context.ts';
import { careEvents } from './events/care.ts';
import { closureEvents } from './events/closure.ts';
import { evidenceEvents } from './events/evidence.ts';
import { incidentEvents } from './events/incidents.ts';
import { intakeEvents } from './events/intake.ts';
import { legalEvents } from './events/legal.ts';
import { interviewEvents } from './events/interviews.ts';
import { orderEvents } from './events/orders.ts';
import { reconciliationEvents } from './events/reconciliation.ts';
import { passageEvents } from './events/passage.ts';
import { linkEvents } from '../household/links.ts';
import { riskEvents } from './events/risk.ts';
import { settlementEvents } from './events/settlement.ts';
import { undertakingEvents } from './events/undertakings.ts';
import { waiverEvents } from './events/waiver.ts';
import { sharingEvents } from './events/sharing.ts';

/** Every event of a domestic violence case. */
export const events = {
  ...intakeEvents,
  ...staffEvents,
  ...incidentEvents,
  ...evidenceEvents,
  ...interviewEvents,
  ...riskEvents,
  ...orderEvents,
  ...reconciliationEvents,
  ...settlementEvents,
  ...undertakingEvents,
  ...waiverEvents,
  ...legalEvents,
  ...careEvents,
  ...sharingEvents,
  ...safetyEvents,
  ...closureEvents,
  ...passageEvents,
  ...linkEvents,
};
/** The schemas of the events, by name. */
export type Events = typeof events;
/** One of the events. */
export type DvEvent<Name extends keyof Events = keyof Events> = EventOf<Events, Name>;
/** What rules and consequences look at. */
export type View = RuleView<Context, DvEvent>;

/** The builder that charts, rules and parts are typed by. */
export const t = caseType({
  name: 'family.domesticViolence',
  version: '1.0.0',
  policy: 'baseline',
  title: { en: 'Domestic violence', ar: 'العنف الأسري' },
  context: contextSchema,
  events,
  delays: [
    'consentExpiry',
    'orderExpiry',
    'reconciliationConsentExpiry',
    'obligationDue',
    'undertakingEnd',
  ],
});

/** Types a command, so that its decision knows the input. */
export function command<Input extends z.ZodType>(
  spec: CommandSpec<Context, Events, Input>,
): CommandSpec<Context, Events, Input> {
  return spec;
}
