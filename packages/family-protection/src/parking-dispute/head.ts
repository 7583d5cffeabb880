// The head of the case type: its name, its events, its context, and the typed builder.
import { caseType, type CommandSpec, type EventOf, type RuleView } from '@himaya/engine';
import type { z } from 'zod';
import { contextSchema, type Context } from './context.ts';
import { closureEvents } from './events/closure.ts';
import { communityEvents } from './events/community.ts';
import { intakeEvents } from './events/intake.ts';
import { mediationEvents } from './events/mediation.ts';
import { routeEvents } from './events/routes.ts';
import { staffEvents } from '../staff/events.ts';
import { safetyEvents } from '../protection/events.ts';

/** Every event of a parking dispute. */
export const events = {
  ...intakeEvents,
  ...staffEvents,
  ...routeEvents,
  ...communityEvents,
  ...mediationEvents,
  ...safetyEvents,
  ...closureEvents,
};
/** The schemas of the events, by name. */
export type Events = typeof events;
/** One of the events. */
export type ParkingEvent<Name extends keyof Events = keyof Events> = EventOf<Events, Name>;
/** What rules and consequences look at. */
export type View = RuleView<Context, ParkingEvent>;

/** The builder that charts, rules and parts are typed by. */
export const t = caseType({
  name: 'community.parkingDispute',
  version: '1.0.0',
  policy: 'baseline',
  title: { en: 'Parking dispute', ar: 'خلاف مواقف' },
  context: contextSchema,
  events,
  delays: ['consentExpiry', 'monitoringEnd', 'obligationDue'],
});

/** Types a command, so that its decision knows the input. */
export function command<Input extends z.ZodType>(
  spec: CommandSpec<Context, Events, Input>,
): CommandSpec<Context, Events, Input> {
  return spec;
}
