// Commands of a case about its households: it belongs to one, or not, and looks for dangers there.
import type { Actor, DecideView, Grant } from '@himaya/engine';
import { z } from 'zod';
import { commandsOver } from '../command.ts';
import { keptBy, ordinary, type StaffMemory } from '../staff/duties.ts';
import type { ReaderMemory } from '../staff/readers.ts';
import { isEndangered, type Question } from './linked-dangers.ts';
import { linkedParties, linkedReads } from './linked-files.ts';
import { householdStream } from './separation.ts';
import { linkEvents, type LinkEvents, type LinkMemory } from './links.ts';

/** Whoever may say what protects somebody in a household. */
export const protectingHome: readonly Grant[] = ['INT', 'CW', 'INV', 'SUP', 'HEAD', 'SYS'];
/** Whoever may take it back. */
export const releasingHome: readonly Grant[] = ['SUP', 'HEAD', 'SYS'];

/** What these commands ask of a case's memory. */
type UnlinkingMemory = StaffMemory & LinkMemory & Pick<ReaderMemory, 'office'>;
/** Duties of taking a link back: it takes away what the other cases protect. */
const unlinking = [...ordinary, keptBy<UnlinkingMemory>(({ office }) => [office])];

type Linking = z.output<LinkEvents['HouseholdLinked']>;

/** Nobody speaks for others: only the engine knows who has said it in the household. */
function inOwnName({ enteredBy, ...input }: Linking, { role }: Actor): Linking {
  return role === 'SYS' && enteredBy !== undefined ? { ...input, enteredBy } : input;
}

/** Commands about households. `underWay`: whom the case is bringing together just now. */
export function linkCommandsFor<Memory extends UnlinkingMemory>(
  underWay: (view: DecideView<Memory>) => Omit<Question, 'instants'>,
) {
  const command = commandsOver<Memory, LinkEvents>();
  return {
    LinkHousehold: command({
      input: linkEvents.HouseholdLinked,
      polarity: 'protective',
      by: protectingHome,
      duties: ordinary,
      records: ['HouseholdLinked'],
      decide: (input, { actor }) => [{ type: 'HouseholdLinked', data: inOwnName(input, actor) }],
    }),
    UnlinkHousehold: command({
      input: linkEvents.HouseholdUnlinked,
      polarity: 'restricted',
      by: ['SUP', 'HEAD'],
      duties: unlinking,
      reads: (_input, view) => linkedReads(view, linkedParties(view.context)),
      records: 'HouseholdUnlinked',
    }),
    CorrectHouseholdLink: command({
      input: linkEvents.HouseholdLinkCorrected,
      polarity: 'restricted',
      by: ['SUP', 'HEAD'],
      duties: unlinking,
      reads: ({ householdId }, view) => [
        householdStream(householdId),
        ...linkedReads(view, linkedParties(view.context)),
      ],
      records: 'HouseholdLinkCorrected',
    }),
    NoteVisitor: command({
      input: linkEvents.VisitorNoted.omit({ isNew: true }),
      polarity: 'protective',
      by: ['SYS'],
      duties: ordinary,
      records: ['VisitorNoted'],
      decide: ({ person }, { context: { visitors } }) => [
        { type: 'VisitorNoted', data: { person, isNew: !visitors.includes(person) } },
      ],
    }),
    ReviewHousehold: command({
      input: z.strictObject({}),
      polarity: 'protective',
      by: releasingHome,
      duties: ordinary,
      reads: (_input, view) => linkedReads(view, underWay(view).parties),
      records: ['HouseholdReviewed'],
      decide: (_input, view) => {
        const question = { ...underWay(view), instants: [view.occurredAt] as const };
        return [
          { type: 'HouseholdReviewed', data: { endangers: isEndangered(view, question) } },
        ];
      },
    }),
  };
}
