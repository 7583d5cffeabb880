// What a household is made of: its events, and what it remembers.
import { caseType } from '@himaya/engine';
import { z } from 'zod';
import { compoundRef, harmText, officeId, ref } from '../fields.ts';
import { contextSchema, link, relations, type Household } from './context.ts';
import { cause, pairSchema, words } from './fields.ts';

/** Someone who joins. */
export const member = z.strictObject({ household: ref, person: ref });
/** `source`: the case in which it happened, which has drawn its own conclusions. */
export const questioned = z.strictObject({ cause, source: ref.exactOptional() });
/** Two members. */
export const two = z.strictObject({ a: ref, b: ref });
/** Two members who met though they are kept apart. */
export const met = two.extend({
  meeting: compoundRef,
  /** Cases that know of it already: those for which the two had come. */
  told: z.array(ref).default([]),
});
/** Why something is taken back; whoever writes it may name people and places. */
const reason = harmText('#household');
/** A case that is linked; the case itself says whose it is. */
export const linked = link.extend({ office: officeId.exactOptional() });
/** Somebody else is this party of a linked case; the case itself has found so. */
export const relinked = z.strictObject({ caseId: ref, partyId: ref, from: ref, to: ref });
/** A case that is linked no more. */
export const unlinked = z.strictObject({ caseId: ref, reason });
/** Two members who are kept apart no more. */
export const lifted = two.extend({ reason });
/** Two people who are kept apart, and who has said so. */
export type Pair = Household['pairs'][number];
/** Two people who are to be kept apart. */
export type Declared = z.output<typeof pairSchema>;
/** A case that is linked, and whether the case says so, too. */
export type Link = Household['links'][number];
/** What links a case. */
export type Linked = z.output<typeof linked>;

/** The case type's own words. */
export const t = caseType({
  name: 'family.household',
  version: '1.0.0',
  category: 'household',
  policy: 'baseline',
  title: words('Household', 'منزل الأسرة'),
  context: contextSchema,
  events: {
    MemberAdded: member,
    CaseLinked: linked,
    CaseLinkCorrected: relinked,
    CaseUnlinked: unlinked,
    SeparationPairDeclared: pairSchema,
    SeparationPairLifted: lifted,
    BookingsQuestioned: questioned,
    CasesQuestioned: z.strictObject({}),
    MeetingNoted: met,
    RelationsNoted: relations,
  },
});
