// Commands of every case file: following up, returning a closure, reopening, and going on elsewhere.
import { ENGINE_VIOLATIONS, type DecideView, type Grant } from '@himaya/engine';
import { z } from 'zod';
import { commandsOver } from '../command.ts';
import { partsIn } from '../parts.ts';
import { ordinary, type StaffMemory } from '../staff/duties.ts';
import { heading, reopening, supervising } from '../staff/grants.ts';
import { caseStream } from '../streams.ts';
import { endingEvents, leavingEvents, type FileEvents } from './events.ts';
import { followUpKind } from './parts.ts';

const command = commandsOver<StaffMemory, FileEvents>();
const completed = endingEvents.FollowUpCompleted.shape;

function due({ parts }: DecideView) {
  return partsIn(parts.all(followUpKind), 'scheduled')[0];
}

/** The refusal of a case that would go on in itself: nobody would ever work on it again. */
export function isItself(caseId: string, view: Pick<DecideView, 'caseId'>) {
  return caseId === view.caseId ? { refused: [ENGINE_VIOLATIONS.INPUT_INVALID] } : undefined;
}

/** Commands by which a file goes on in another one, or is taken up again. */
export const fileCommands = {
  MergeDuplicate: command({
    input: leavingEvents.DuplicateMerged,
    polarity: 'restricted',
    by: supervising,
    duties: ordinary,
    records: ['DuplicateMerged'],
    reads: ({ survivingCaseId }) => [caseStream(survivingCaseId)],
    decide: (input, view) =>
      isItself(input.survivingCaseId, view) ?? [{ type: 'DuplicateMerged', data: input }],
  }),
  TransferCase: command({
    input: leavingEvents.CaseTransferred,
    polarity: 'restricted',
    by: heading,
    duties: ordinary,
    records: ['CaseTransferred'],
    reads: ({ successor }) => [caseStream(successor)],
    decide: (input, view) =>
      isItself(input.successor, view) ?? [{ type: 'CaseTransferred', data: input }],
  }),
  /** Given by the file that has noted a danger which this one, when it was left, passed on. */
  RecordDangerTaken: command({
    input: leavingEvents.DangerTaken,
    polarity: 'protective',
    by: ['SYS'],
    duties: ordinary,
    records: 'DangerTaken',
  }),
  ReturnClosure: command({
    input: endingEvents.ClosureReturned,
    polarity: 'neutral',
    by: heading,
    duties: ordinary,
    records: 'ClosureReturned',
  }),
  ReopenCase: command({
    input: endingEvents.CaseReopened,
    polarity: 'protective',
    by: reopening,
    duties: ordinary,
    records: 'CaseReopened',
  }),
};

/** Commands of following up, by whoever does so in a case type. */
export function followUpCommandsFor(by: readonly Grant[]) {
  return {
    CompleteFollowUp: command({
      input: z.strictObject({
        safetyAnswer: completed.safetyAnswer,
        wellbeing: completed.wellbeing,
        newIncident: completed.newIncident.default(false),
      }),
      polarity: 'protective',
      by,
      duties: ordinary,
      records: ['FollowUpCompleted'],
      decide: (input, view) => {
        const followUp = due(view);
        if (!followUp) return { refused: [ENGINE_VIOLATIONS.PART_UNKNOWN] };
        return [{ type: 'FollowUpCompleted', data: { ...input, followUpId: followUp.id } }];
      },
    }),
    RecordFollowUpMissed: command({
      input: z.strictObject({}),
      polarity: 'neutral',
      by,
      duties: ordinary,
      records: ['FollowUpMissed'],
      decide: (_input, view) => {
        const followUp = due(view);
        if (!followUp) return { refused: [ENGINE_VIOLATIONS.PART_UNKNOWN] };
        const attempt = followUp.context.attempts + 1;
        return [{ type: 'FollowUpMissed', data: { followUpId: followUp.id, attempt } }];
      },
    }),
  };
}
