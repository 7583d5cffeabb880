// The head of the case types: their names, their events, their context, and the typed builder.
import { caseType, type CommandSpec, type EventOf, type RuleView } from '@himaya/engine';
import type { z } from 'zod';
import { parkingComplaints, type Complaints, type CommunityType } from './complaints.ts';
import { contextOf, type Context } from './context.ts';
import { closureEvents } from './events/closure.ts';
import { communityEvents, ladderEventsOf } from './events/community.ts';
import { complaintEventsOf, intakeEvents } from './events/intake.ts';
import { mediationEvents } from './events/mediation.ts';
import { routeEventsOf } from './events/routes.ts';
import { linkEvents } from '../household/links.ts';
import { staffEvents } from '../staff/events.ts';
import { safetyEvents } from '../protection/events.ts';

/** Events that are the same whatever is complained of. */
export const events = {
  ...intakeEvents,
  ...staffEvents,
  ...communityEvents,
  ...mediationEvents,
  ...safetyEvents,
  ...closureEvents,
  ...linkEvents,
};

/** Every event of a community case of one type. */
function eventsOf(own: CommunityType) {
  return { ...events, ...complaintEventsOf(own), ...ladderEventsOf(own), ...routeEventsOf(own) };
}
/** The schemas of the events, by name. */
export type Events = ReturnType<typeof eventsOf>;
/** One of the events. */
export type CommunityEvent<Name extends keyof Events = keyof Events> = EventOf<Events, Name>;
/** What rules and consequences look at. */
export type View = RuleView<Context, CommunityEvent>;

/** The builder of the case type of some complaints. */
export function builderOf({ name, title }: Complaints) {
  return caseType({
    name,
    version: '1.0.0',
    policy: 'baseline',
    title,
    context: contextOf(name),
    events: eventsOf(name),
    delays: ['consentExpiry', 'monitoringEnd', 'obligationDue'],
  });
}

/** The builder that charts, rules and parts are typed by: those of one type serve the others. */
export const t: ReturnType<typeof builderOf> = builderOf(parkingComplaints);

/** Types a command, so that its decision knows the input. */
export function command<Input extends z.ZodType>(
  spec: CommandSpec<Context, Events, Input>,
): CommandSpec<Context, Events, Input> {
  return spec;
}
