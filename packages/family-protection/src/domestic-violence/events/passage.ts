// Events by which a file takes over another one of a less protective type, and by which it is left.
import { z } from 'zod';
import { caseId, leavingEvents } from '../../case-file/events.ts';
import { retypingEventsOf } from '../../case-file/retyping.ts';
import { ageBand, at, officeId, ref } from '../../fields.ts';
import { tellers } from '../../household/links.ts';
import { partyRole, relationToVictim } from '../fields.ts';

const people = z.array(ref).max(50);

/** Events from one file to the next. */
export const passageEvents = {
  CaseTakenOver: z.strictObject({
    predecessor: caseId,
    /** Who answers for the case until somebody is assigned. */
    accountable: ref,
    /** Whose case it was, or of whoever takes it over; absent: nobody had taken it up. */
    office: officeId.exactOptional(),
    conflicts: people,
    investigators: people,
    conciliators: people,
    accessNeedsAnswered: z.boolean(),
  }),
  /** Somebody whom the file before knows: their identity stays sealed there. */
  PartyTakenOver: z.strictObject({
    partyId: ref,
    partyRole,
    isChild: z.boolean(),
    ageBand,
    ageAt: at.exactOptional(),
    relationToVictim,
    /** Who has said there what they are, and how old. */
    enteredBy: tellers,
  }),
  ...retypingEventsOf('family.domesticViolence', '#victim'),
  ...leavingEvents,
};
