// What a case tells its households: that it belongs to them or no more, and of a danger.
import type { EventSchemas, ReactionCommand, ReactionSpec } from '@himaya/engine';
import type { z } from 'zod';
import type { FileEvents } from '../case-file/events.ts';
import type { RetypingEvents } from '../case-file/retyping.ts';
import type { cause } from './fields.ts';
import type { LinkEvents, LinkMemory } from './links.ts';
import type { StaffEvents } from '../staff/events.ts';
import type { ReaderMemory } from '../staff/readers.ts';
import { householdStream, personStream } from './separation.ts';

/** A case that tells of a danger. */
interface Told {
  readonly context: LinkMemory;
  readonly caseId: string;
}

/** What a case remembers of what it tells its households. */
interface TellingMemory extends LinkMemory, Pick<ReaderMemory, 'office' | 'conflicts'> {
  readonly successor: string | null;
}
type TellingEvents = LinkEvents &
  Pick<StaffEvents, 'ConflictOfInterestDeclared'> &
  Pick<FileEvents, 'DuplicateMerged' | 'CaseTransferred'> &
  Pick<RetypingEvents, 'SuccessorOpened'>;

/** Both sides of a link agree: what one of them learns it tells the other. */
export function linkReactionsFor<Memory extends TellingMemory, Events extends TellingEvents>() {
  return linkReactions as unknown as readonly ReactionSpec<Memory, Events>[];
}

const linkReactions: readonly ReactionSpec<TellingMemory, TellingEvents>[] = [
  {
    name: 'the household lists the case',
    on: ['HouseholdLinked'],
    commands: ({ event, context, caseId }) => {
      if (event.type !== 'HouseholdLinked') return [];
      const { householdId } = event.data;
      const home = context.households.find((one) => one.householdId === householdId);
      const { office } = context;
      const input = {
        caseId,
        as: home?.as ?? event.data.as,
        ...(office === null ? {} : { office }),
      };
      return [{ name: 'LinkCase', caseId: householdStream(householdId), input }];
    },
  },
  {
    name: 'the household learns who is related to a party',
    on: ['HouseholdLinked', 'ConflictOfInterestDeclared'],
    commands: ({ event, context: { conflicts, households } }) => {
      const isNew = (householdId: string): boolean =>
        event.type !== 'HouseholdLinked' || event.data.householdId === householdId;
      return households
        .filter(({ householdId }) => conflicts.length > 0 && isNew(householdId))
        .map(({ householdId }) => ({
          name: 'NoteRelations',
          caseId: householdStream(householdId),
          input: { staff: conflicts },
        }));
    },
  },
  {
    // What the case has learned between their booking and now was told to others only.
    name: 'what somebody has booked is looked at once the case knows of them',
    on: ['VisitorNoted'],
    commands: ({ event }) =>
      event.type === 'VisitorNoted' && event.data.isNew
        ? [visitorReview(event.data.person)]
        : [],
  },
  {
    // Dangers are told there from now on, and a desk may go on with the number it knows.
    name: 'who comes for a case comes for the file in which it goes on',
    on: ['VisitorNoted', 'SuccessorOpened', 'DuplicateMerged', 'CaseTransferred'],
    commands: ({ event, context: { successor, visitors } }) => {
      const people = event.type === 'VisitorNoted' ? [event.data.person] : visitors;
      return (successor === null ? [] : people).map((person) => ({
        name: 'NoteVisitor',
        caseId: successor as string,
        input: { person },
      }));
    },
  },
  {
    name: 'the household knows who a party is',
    on: ['HouseholdLinkCorrected'],
    commands: ({ event, caseId }) => {
      if (event.type !== 'HouseholdLinkCorrected') return [];
      const { householdId, partyId, from, to } = event.data;
      const input = { caseId, partyId, from, to };
      return [{ name: 'CorrectLink', caseId: householdStream(householdId), input }];
    },
  },
  {
    name: 'the household lists the case no more',
    on: ['HouseholdUnlinked'],
    commands: ({ event, caseId }) => {
      if (event.type !== 'HouseholdUnlinked') return [];
      const { householdId, reason } = event.data;
      const input = { caseId, reason };
      return [{ name: 'UnlinkCase', caseId: householdStream(householdId), input }];
    },
  },
];

/** How a case type tells its households of a danger. */
interface Telling<Context, Events extends EventSchemas> {
  /** Events that may tell of one. */
  readonly on: ReactionSpec<Context, Events>['on'];
  /** Why an event makes bookings and the other cases be looked at, if it does. */
  readonly whyOf: (
    view: Parameters<ReactionSpec<Context, Events>['commands']>[0],
  ) => z.output<typeof cause> | undefined;
}

/**
 * The reaction by which a danger reaches the households, and whoever comes to a building for the case,
 * whom no household may know. Of whatever type the case is.
 */
export function tellingReaction<Context extends LinkMemory, Events extends EventSchemas>({
  on,
  whyOf,
}: Telling<Context, Events>): ReactionSpec<Context, Events> {
  return {
    name: 'a danger is told to the households and the buildings',
    on,
    commands: (view) => {
      const why = whyOf(view);
      return why === undefined ? [] : questionsOf(view, why);
    },
  };
}

/**
 * What somebody has booked who comes for a case is looked at, which tells its households itself. Why is
 * not said: whoever keeps the file of the person may be shown nothing of this case.
 */
function visitorReview(person: string): ReactionCommand {
  return {
    name: 'ReviewBookings',
    caseId: personStream(person),
    input: { cause: 'case', homesTold: true },
  };
}

/** Why the bookings of its households, their other cases, and what its visitors booked are looked at. */
function questionsOf(
  { context: { households, visitors }, caseId }: Told,
  why: z.output<typeof cause>,
): readonly ReactionCommand[] {
  return [
    ...households.map(({ householdId }) => ({
      name: 'QuestionBookings',
      caseId: householdStream(householdId),
      input: { cause: why, source: caseId },
    })),
    ...visitors.map(visitorReview),
  ];
}
