// The file in which another one goes on: it is there, somebody works on it, and it protects enough.
import type { EventOf, ReadView, RuleView } from '@himaya/engine';
import { z } from 'zod';
import type { CaseTypeName } from '../fields.ts';
import { homes, type LinkMemory } from '../household/links.ts';
import { rulesOver } from '../rule.ts';
import { caseStream } from '../streams.ts';
import { refuse } from '../wording/wording.ts';
import { caseId, leavingEvents } from './events.ts';
import { protectionFor, protectionOf, type RetypingMemory } from './retyping.ts';

/** The events by which a file is left, as far as these rules look at them. */
const leaving = {
  DuplicateMerged: leavingEvents.DuplicateMerged,
  CaseTransferred: leavingEvents.CaseTransferred,
  SuccessorOpened: z.object({ caseId, partyId: z.string().optional() }),
};
type Leaving = EventOf<typeof leaving>;
const leaves = ['DuplicateMerged', 'CaseTransferred', 'SuccessorOpened'] as const;

/** What these rules ask of a case's memory. */
type Memory = RetypingMemory & LinkMemory;
type View<Wider> = RuleView<Wider, EventOf<typeof leaving>>;

/** The file that goes on. */
export function nextOf(event: Leaving): string {
  switch (event.type) {
    case 'DuplicateMerged':
      return event.data.survivingCaseId;
    case 'CaseTransferred':
      return event.data.successor;
    default:
      return event.data.caseId;
  }
}

/** Whether the file of one child takes over that child alone, and this one goes on beside it. */
function isForOne(event: Leaving): boolean {
  return event.type === 'SuccessorOpened' && event.data.partyId !== undefined;
}

/** In these somebody is accountable, and nobody has said yet that it is over. */
const WORKED_ON = ['registered', 'triaged', 'active'];
/** A file that was opened to take this one over has not been registered yet. */
export const BEGUN = ['intake', ...WORKED_ON];

/** Whether somebody works on a file. */
export function isWorkedOn(
  file: Pick<ReadView, 'in'>,
  states: readonly string[] = WORKED_ON,
): boolean {
  return states.some((state) => file.in(`lifecycle.${state}`));
}

/** Whether a file is linked to these households, with the same people as the same parties. */
function holdsHomes({ context }: Pick<ReadView, 'context'>, { households }: LinkMemory): boolean {
  const theirs = homes.catch([]).parse(context['households'] ?? []);
  return households.every(({ householdId, as }) => {
    const home = theirs.find((one) => one.householdId === householdId);
    return as.every(({ person, partyId }) =>
      (home?.as ?? []).some((one) => one.person === person && one.partyId === partyId),
    );
  });
}

/** Who is a party of a file, as far as this room asks. */
const people = z.record(z.string(), z.object({ isChild: z.boolean() }));

/**
 * The rules. `neededOf`: how protective a type must be for what is known or feared in the case;
 * `childrenOf`: the children whom nobody but this file knows.
 */
export function nextFileRulesFor<Wider extends Memory>(
  own: CaseTypeName,
  neededOf: (view: View<Wider>) => number,
  childrenOf: (view: View<Wider>) => readonly string[],
) {
  const rule = rulesOver<Wider, typeof leaving>();
  /** How protective the file that goes on has to be. Only a reclassification makes it less. */
  const least = (view: View<Wider>): number => {
    if (isForOne(view.event)) return protectionFor(view, 'childConcerned');
    const { reclassifiedTo } = view.context;
    const isNamed = view.event.type === 'SuccessorOpened' && reclassifiedTo !== null;
    return Math.max(neededOf(view), protectionOf(view, isNamed ? reclassifiedTo : own));
  };
  return {
    nextFileTakesIt: rule(leaves, {
      ...refuse(
        'SURVIVING_CASE_UNSUITABLE',
        'lifecycle',
        'The other file cannot go on with this case: nobody works on it, or it protects less.',
        'الملف الآخر لا يصلح لمتابعة هذه القضية، إما لأنه ليس قيد النظر أو لأن حمايته أقل.',
      ),
      holds: (view) => {
        const next = view.reads.stream(caseStream(nextOf(view.event)));
        const states = view.event.type === 'SuccessorOpened' ? BEGUN : WORKED_ON;
        return isWorkedOn(next, states) && protectionOf(view, next.caseType ?? '') >= least(view);
      },
    }),
    homesTakenOver: rule(leaves, {
      ...refuse(
        'PROTECTION_NOT_TAKEN_OVER',
        'INV-33',
        'The file that goes on is first linked to the same households, with the same people.',
        'يربط الملف اللاحق أولا بمنازل الأسرة نفسها وبالأفراد أنفسهم.',
      ),
      holds: ({ event, context, reads }) => {
        if (isForOne(event)) return true;
        return holdsHomes(reads.stream(caseStream(nextOf(event))), context);
      },
    }),
    childrenTakenOver: rule(leaves, {
      ...refuse(
        'PROTECTION_NOT_TAKEN_OVER',
        'children',
        'Every child of this file is first a party of the file that goes on, as a child.',
        'يقيد كل طفل في هذا الملف أولا طرفا في الملف اللاحق بصفته طفلا.',
      ),
      holds: (view) => {
        if (isForOne(view.event)) return true;
        const next = view.reads.stream(caseStream(nextOf(view.event)));
        const theirs = people.catch({}).parse(next.context['parties'] ?? {});
        return childrenOf(view).every((partyId) => theirs[partyId]?.isChild === true);
      },
    }),
  };
}
