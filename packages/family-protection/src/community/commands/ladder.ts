// Commands of the graduated response: advice first, then a warning, then a contravention.
import type { DecideView } from '@himaya/engine';
import { z } from 'zod';
import { ref } from '../../fields.ts';
import { investigating, ordinary } from '../../staff/duties.ts';
import { filing, patrolling } from '../../staff/grants.ts';
import { categoryOf, type CommunityType } from '../complaints.ts';
import type { Context } from '../context.ts';
import { ladderEventsOf } from '../events/community.ts';
import { command } from '../head.ts';
import { responseId, responseKind } from '../parts/kinds.ts';

/** How often the same was repeated by the same respondent at the same place. */
function recurrences(step: Parameters<typeof responseId>[0], view: DecideView<Context>): number {
  return view.parts.one(responseKind, responseId(step))?.context.recurrences.length ?? 0;
}

/** The steps of the ladder themselves. */
function stepsOf(own: CommunityType) {
  const step = z.strictObject({ respondent: ref, category: categoryOf(own), place: ref });
  const { plate } = ladderEventsOf(own).ViolationTicketRequested.shape;
  return {
    GiveAdvice: command({
      input: step,
      polarity: 'neutral',
      by: patrolling,
      duties: ordinary,
      records: ['AdviceGiven'],
      decide: (input, view) => {
        const data = { ...input, level: 1 as const, recurrenceCount: recurrences(input, view) };
        return [{ type: 'AdviceGiven', data }];
      },
    }),
    IssueWarning: command({
      input: step,
      polarity: 'restricted',
      by: patrolling,
      duties: ordinary,
      records: ['WarningIssued'],
      decide: (input, view) => {
        const data = { ...input, level: 2 as const, recurrenceCount: recurrences(input, view) };
        return [{ type: 'WarningIssued', data }];
      },
    }),
    RequestViolationTicket: command({
      input: step.extend({ competentBody: ref, plate }),
      polarity: 'restricted',
      by: patrolling,
      duties: investigating,
      records: ['ViolationTicketRequested'],
      decide: (input, view) => {
        const data = { ...input, level: 3 as const, recurrenceCount: recurrences(input, view) };
        return [{ type: 'ViolationTicketRequested', data }];
      },
    }),
  };
}

/** Commands of the graduated response. */
export function ladderCommandsOf(own: CommunityType) {
  return {
    RecordRecurrence: command({
      input: z.strictObject({ respondent: ref, category: categoryOf(own), place: ref }),
      polarity: 'neutral',
      by: filing,
      duties: ordinary,
      records: ['RecurrenceDetected'],
      decide: (input, view) => [
        { type: 'RecurrenceDetected', data: { ...input, count: recurrences(input, view) + 1 } },
      ],
    }),
    ...stepsOf(own),
    RecordTicketDecision: command({
      input: ladderEventsOf(own).ViolationTicketDecided,
      polarity: 'neutral',
      by: ['CP', 'INV', 'LEG', 'SUP'],
      duties: ordinary,
      records: 'ViolationTicketDecided',
    }),
  };
}
