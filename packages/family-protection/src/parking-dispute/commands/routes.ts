// Commands of leaving this procedure.
import { ENGINE_VIOLATIONS, type DecideView } from '@himaya/engine';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { command, events } from '../head.ts';
import { ordinary } from '../../staff/duties.ts';
import { caseTypeName, harmText } from '../../fields.ts';
import { caseStream } from '../../streams.ts';
import { heading, reclassifying, supervising } from '../../staff/grants.ts';

const transfer = events.CaseTransferred.shape;

/** The refusal of a case that would go on in itself: nobody would ever work on it again. */
function isItself(caseId: string, view: DecideView<Context>) {
  return caseId === view.caseId ? { refused: [ENGINE_VIOLATIONS.INPUT_INVALID] } : undefined;
}

/** Commands of leaving this procedure by name. */
export const routeCommands = {
  ReclassifyCase: command({
    input: z.strictObject({ to: caseTypeName, reason: harmText('#complainant') }),
    polarity: 'protective',
    by: reclassifying,
    duties: ordinary,
    records: ['CaseReclassified'],
    decide: ({ to, reason }, { policy, actor }) => {
      const rank = policy.value('caseType.protection') as Readonly<Record<string, number>>;
      const from = 'community.parkingDispute' as const;
      const isMore = (rank[to] ?? 0) > (rank[from] ?? 0);
      const data = { from, to, reason };
      return [
        {
          type: 'CaseReclassified',
          data: isMore
            ? { ...data, direction: 'moreProtective' }
            : { ...data, direction: 'lessProtective', approver: actor.staff },
        },
      ];
    },
  }),
  RecordSuccessor: command({
    input: events.SuccessorOpened,
    polarity: 'protective',
    by: ['INT', 'CW', 'SUP', 'HEAD', 'SYS'],
    duties: ordinary,
    records: ['SuccessorOpened'],
    decide: (input, view) =>
      isItself(input.caseId, view) ?? [{ type: 'SuccessorOpened', data: input }],
  }),
  MergeDuplicate: command({
    input: events.DuplicateMerged,
    polarity: 'restricted',
    by: supervising,
    duties: ordinary,
    records: ['DuplicateMerged'],
    reads: ({ survivingCaseId }) => [caseStream(survivingCaseId)],
    decide: (input, view) =>
      isItself(input.survivingCaseId, view) ?? [{ type: 'DuplicateMerged', data: input }],
  }),
  TransferCase: command({
    input: z.strictObject(transfer),
    polarity: 'restricted',
    by: heading,
    duties: ordinary,
    records: ['CaseTransferred'],
    decide: (input, view) =>
      isItself(input.successor, view) ?? [{ type: 'CaseTransferred', data: input }],
  }),
};
