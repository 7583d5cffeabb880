// Commands of sessions: meeting each party alone first, then all of them, and stopping at any time.
import { z } from 'zod';
import { at, ref } from '../../fields.ts';
import { conciliating, ordinary } from '../../staff/duties.ts';
import { anyStaff } from '../../staff/grants.ts';
import { command, events } from '../head.ts';
import { offerTo, sessionKind } from '../parts/reconciliation-kinds.ts';
import { conducting, judging } from './grants.ts';

const scheduled = events.ReconciliationSessionScheduled.shape;
const part = { kind: sessionKind.kind, field: 'sessionId' };

/** Commands about sessions. */
export const sessionCommands = {
  HoldPreMeeting: command({
    input: z.strictObject({ partyId: ref, coercionSigns: z.boolean() }),
    polarity: 'neutral',
    by: conducting,
    duties: conciliating,
    records: ['PreMeetingHeld'],
    decide: (input, { parts, context, actor }) => {
      const { partyId } = input;
      const offer = offerTo(parts, partyId, context.reconciliation.round);
      const data = { ...input, offerId: offer?.id ?? `${partyId}-0`, conciliator: actor.staff };
      return [{ type: 'PreMeetingHeld', data }];
    },
  }),
  ScheduleSession: command({
    input: z
      .strictObject({
        sessionId: ref.exactOptional(),
        mode: scheduled.mode,
        roomId: ref,
        attendees: scheduled.attendees,
        start: at,
        end: at,
      })
      .refine(({ start, end }) => start < end, 'a session ends after it has begun'),
    polarity: 'restricted',
    by: conducting,
    duties: conciliating,
    records: ['ReconciliationSessionScheduled'],
    decide: (input, view) => {
      const data = {
        ...input,
        sessionId: input.sessionId ?? view.id('session'),
        seq: view.parts.all(sessionKind).length + 1,
        round: view.context.reconciliation.round,
        conciliator: view.actor.staff,
      };
      return [{ type: 'ReconciliationSessionScheduled', data }];
    },
  }),
  HoldSession: command({
    input: z.strictObject({ sessionId: ref, attendees: events.SessionHeld.shape.attendees }),
    polarity: 'restricted',
    by: conducting,
    duties: conciliating,
    records: ['SessionHeld'],
    part,
    decide: (input, { actor }) => [
      { type: 'SessionHeld', data: { ...input, conciliator: actor.staff } },
    ],
  }),
  AdjournSession: command({
    input: events.SessionAdjourned,
    polarity: 'neutral',
    by: judging,
    duties: ordinary,
    records: 'SessionAdjourned',
    part,
  }),
  CancelSession: command({
    input: events.SessionCancelled,
    polarity: 'protective',
    by: judging,
    duties: ordinary,
    records: 'SessionCancelled',
    part,
  }),
  TerminateSession: command({
    input: events.SessionTerminatedForSafety,
    polarity: 'protective',
    by: anyStaff,
    duties: ordinary,
    records: 'SessionTerminatedForSafety',
    part,
  }),
};
