// Commands of leaving this file: another office, or a file about the same.
import { ENGINE_VIOLATIONS, type DecideView } from '@himaya/engine';
import { z } from 'zod';
import { ordinary } from '../../staff/duties.ts';
import { heading, supervising } from '../../staff/grants.ts';
import type { Context } from '../context.ts';
import { caseStream } from '../../streams.ts';
import { command, events } from '../head.ts';

/** The refusal of a case that would go on in itself: nobody would ever work on it again. */
function isItself(caseId: string, view: DecideView<Context>) {
  return caseId === view.caseId ? { refused: [ENGINE_VIOLATIONS.INPUT_INVALID] } : undefined;
}

/** Commands of leaving by name. */
export const routeCommands = {
  MergeDuplicate: command({
    input: events.DuplicateMerged,
    polarity: 'restricted',
    by: supervising,
    duties: ordinary,
    records: ['DuplicateMerged'],
    reads: ({ survivingCaseId }, view) =>
      survivingCaseId === view.caseId ? [] : [caseStream(survivingCaseId)],
    decide: (input, view) =>
      isItself(input.survivingCaseId, view) ?? [{ type: 'DuplicateMerged', data: input }],
  }),
  TransferCase: command({
    input: z.strictObject(events.CaseTransferred.shape),
    polarity: 'restricted',
    by: heading,
    duties: ordinary,
    records: ['CaseTransferred'],
    decide: (input, view) =>
      isItself(input.successor, view) ?? [{ type: 'CaseTransferred', data: input }],
  }),
};
