// The graduated response: advice, warning, ticket; one ladder per respondent, category and place.
import { momentOf, type Moment } from '@himaya/engine';
import { assign, setup } from 'xstate';
import { t } from '../head.ts';
import { responseKind, type Response } from './kinds.ts';

type Step = Pick<Response, 'respondent' | 'category' | 'place'>;

const reach = (level: Response['level'], event: Moment): Pick<Response, 'level' | 'since'> => ({
  level,
  since: momentOf(event),
});

function firstOf(event: typeof responseKind.types.events): Response {
  const { respondent, category, place } = event.data as unknown as Step;
  const base: Response = { respondent, category, place, level: 0, since: null, recurrences: [] };
  switch (event.type) {
    case 'AdviceGiven':
      return { ...base, ...reach(1, event) };
    case 'WarningIssued':
      return { ...base, ...reach(2, event) };
    case 'ViolationTicketRequested':
      return { ...base, ...reach(3, event) };
    default:
      return { ...base, recurrences: [momentOf(event)] };
  }
}

const concernsChild = t.guard(
  ({ event, part }) =>
    event.type === 'ChildRerouted' &&
    event.data.partyId === (part?.context as Response | undefined)?.respondent,
);

const isGrown = t.guard(
  ({ event, part }) =>
    event.type === 'PartyAgeCorrected' &&
    !event.data.isChild &&
    event.data.partyId === (part?.context as Response | undefined)?.respondent,
);

const nothing = { level: 0, since: null, recurrences: [] } as const;

const types = responseKind.types;
const ladder = setup({ types });
const noteRecurrence = ladder.assign({
  recurrences: ({ context, event }) => [...context.recurrences, momentOf(event)],
});

/** The chart of one graduated response. */
export const responseChart = ladder.createMachine({
  id: 'response',
  context: ({ input }) => firstOf(input.event),
  initial: 'noted',
  on: {
    RecurrenceDetected: { actions: noteRecurrence },
    ChildRerouted: { guard: concernsChild, target: '.voided', actions: ladder.assign(nothing) },
    // The first time, or anew after a long quiet: the rules say when.
    AdviceGiven: {
      target: '.advised',
      actions: assign({ level: 1, since: ({ event }) => momentOf(event) }),
    },
  },
  states: {
    noted: {
      always: [
        { guard: ({ context }) => context.level === 1, target: 'advised' },
        { guard: ({ context }) => context.level === 2, target: 'warned' },
        { guard: ({ context }) => context.level === 3, target: 'referred' },
      ],
    },
    advised: {
      on: {
        WarningIssued: {
          target: 'warned',
          actions: assign({ level: 2, since: ({ event }) => momentOf(event) }),
        },
      },
    },
    warned: {
      on: {
        ViolationTicketRequested: {
          target: 'referred',
          actions: assign({ level: 3, since: ({ event }) => momentOf(event) }),
        },
      },
    },
    referred: {
      on: {
        ViolationTicketRequested: { actions: assign({ since: ({ event }) => momentOf(event) }) },
        ViolationTicketDecided: [
          { guard: ({ event }) => event.data.decision === 'issued', target: 'ticketIssued' },
          { guard: ({ event }) => event.data.decision === 'refused', target: 'ticketRefused' },
        ],
      },
    },
    ticketIssued: {
      on: {
        ViolationTicketRequested: {
          target: 'referred',
          actions: assign({ since: ({ event }) => momentOf(event) }),
        },
      },
    },
    ticketRefused: {
      on: {
        ViolationTicketRequested: {
          target: 'referred',
          actions: assign({ since: ({ event }) => momentOf(event) }),
        },
      },
    },
    // Someone who turns out to be an adult after all begins at the foot of the ladder.
    voided: { on: { PartyAgeCorrected: { guard: isGrown, target: 'noted' } } },
  },
});
