// Commands of leaving this procedure.
import { z } from 'zod';
import { isItself } from '../../case-file/commands.ts';
import { command, events } from '../head.ts';
import { ordinary } from '../../staff/duties.ts';
import { caseTypeName, harmText } from '../../fields.ts';
import { reclassifying } from '../../staff/grants.ts';

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
};
