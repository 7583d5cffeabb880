// A small case type, whole: an item is handed in, claimed, and returned or disposed of.
import { assign, setup } from 'xstate';
import { z } from 'zod';
import { caseType, fromDue, hasElapsed, momentOf, sensitive, waitStart } from '@himaya/engine';
import type { Moment } from '@himaya/engine';
import { labels } from './labels.ts';

// #region head
const ref = z.string().min(1).max(40);
const events = {
  ItemRegistered: z.strictObject({ kind: z.string().min(1), foundAt: z.string().min(1) }),
  ClaimMade: z.strictObject({
    claimId: ref,
    claimant: sensitive(ref, { subject: 'claimId', class: 'personal' }),
  }),
  ClaimVerified: z.strictObject({ claimId: ref, proof: z.enum(['marks', 'receipt', 'contents']) }),
  ClaimRejected: z.strictObject({ claimId: ref, because: z.enum(['noProof', 'returnedToOther']) }),
  ItemReturned: z.strictObject({ claimId: ref }),
  ItemDisposed: z.strictObject({ how: z.enum(['auction', 'charity', 'destroyed']) }),
  HazardReported: z.strictObject({ what: z.string().min(1) }),
};

const t = caseType({
  name: 'station.foundItem',
  version: '1.0.0',
  policy: 'foundItems',
  title: { en: 'Found item', ar: 'لقطة' },
  context: z.object({
    registered: z.custom<Moment>().nullable(),
    registeredBy: z.string(),
    hazards: z.number(),
  }),
  events,
});
// #endregion

// #region rules
const claim = t.part<Record<string, never>>('claim');

const rules = t.rules({
  itemIsKept: t.rule({
    code: 'ITEM_NOT_KEPT',
    text: { en: 'The item is no longer here.', ar: 'لم تعد اللقطة محفوظة لدى المركز.' },
    citation: null,
    discloses: 'nothing',
    holds: (view) => view.in('kept'),
  }),
  claimIsVerified: t.rule(['ItemReturned'], {
    code: 'CLAIM_NOT_VERIFIED',
    text: {
      en: 'An item is returned only to someone who has proved that it is theirs.',
      ar: 'لا تُسلَّم اللقطة إلا لمن أثبت ملكيته لها.',
    },
    citation: { source: 'Station order 7/2026, paragraph 5 (made up for this example)' },
    discloses: 'nothing',
    holds: ({ part }) => part?.in('verified') ?? false,
  }),
  keptLongEnough: t.rule(['ItemDisposed'], {
    code: 'KEEPING_PERIOD_NOT_OVER',
    text: { en: 'The keeping period is not over.', ar: 'لم تنقضِ مدة الحفظ.' },
    citation: null,
    discloses: 'nothing',
    holds: ({ context: { registered }, event, policy, calendar }) =>
      registered !== null &&
      hasElapsed(
        calendar,
        waitStart(registered), // the later of its two instants: back-dating buys nothing
        policy.duration('keepingPeriod'),
        event.occurredAt,
      ),
  }),
  noOpenClaim: t.rule(['ItemDisposed'], {
    code: 'CLAIM_OPEN',
    text: { en: 'Someone has claimed the item.', ar: 'توجد مطالبة باللقطة لم يُبتّ فيها.' },
    citation: null,
    discloses: 'nothing',
    holds: ({ parts }) => parts.all(claim).every(({ status }) => status !== 'active'),
  }),
});

const someoneElse = t.duty({
  code: 'SEPARATION_OF_DUTIES',
  text: {
    en: 'Whoever took the item in does not dispose of it.',
    ar: 'لا يتصرف في اللقطة من تسلّمها.',
  },
  citation: null,
  discloses: 'nothing',
  holds: ({ context: { registeredBy }, actor }) => actor.staff !== registeredBy,
});
// #endregion

// #region charts
const chart = setup({ types: t.types }).createMachine({
  id: 'item',
  context: { registered: null, registeredBy: '', hazards: 0 },
  initial: 'draft',
  // In every state, without a guard: an emergency is recorded whatever else is true.
  on: { HazardReported: { actions: assign({ hazards: ({ context }) => context.hazards + 1 }) } },
  states: {
    draft: {
      on: {
        ItemRegistered: {
          target: 'kept',
          actions: assign({
            registered: ({ event }) => momentOf(event),
            registeredBy: ({ event }) => event.actor.staff,
          }),
        },
      },
    },
    kept: { on: { ItemReturned: 'returned', ItemDisposed: 'disposed' } },
    returned: {},
    disposed: {},
  },
});

const claimChart = setup({ types: claim.types }).createMachine({
  id: 'claim',
  context: {},
  initial: 'made',
  states: {
    made: { on: { ClaimVerified: 'verified', ClaimRejected: 'rejected' } },
    verified: { on: { ClaimRejected: 'rejected', ItemReturned: 'satisfied' } },
    rejected: { type: 'final' },
    satisfied: { type: 'final' },
  },
});
// #endregion

// #region define
const desk = ['CLERK', 'SUPERVISOR'];
const about = { kind: 'claim', field: 'claimId' };

/** The case type `station.foundItem`, version 1.0.0. */
export const foundItem = t.define({
  chart,
  requires: {
    ClaimMade: rules.allOf('itemIsKept'),
    ItemReturned: rules.allOf('claimIsVerified'),
    ItemDisposed: rules.allOf('keptLongEnough', 'noOpenClaim'),
  },
  commands: {
    RegisterItem: {
      input: events.ItemRegistered,
      polarity: 'neutral',
      by: desk,
      opens: true,
      records: 'ItemRegistered',
    },
    MakeClaim: { input: events.ClaimMade, polarity: 'neutral', by: desk, records: 'ClaimMade' },
    VerifyClaim: {
      input: events.ClaimVerified,
      polarity: 'neutral',
      by: desk,
      records: 'ClaimVerified',
      part: about,
    },
    RejectClaim: {
      input: z.strictObject({ claimId: ref }),
      polarity: 'restricted',
      by: ['SUPERVISOR'],
      records: ['ClaimRejected'],
      part: about,
      decide: ({ claimId }) => [{ type: 'ClaimRejected', data: { claimId, because: 'noProof' } }],
    },
    ReturnItem: {
      input: events.ItemReturned,
      polarity: 'restricted',
      by: desk,
      records: 'ItemReturned',
      part: about,
    },
    DisposeOfItem: {
      input: events.ItemDisposed,
      polarity: 'restricted',
      by: ['SUPERVISOR'],
      duties: [someoneElse],
      records: 'ItemDisposed',
    },
    ReportHazard: {
      input: events.HazardReported,
      polarity: 'protective',
      emergency: true,
      by: [],
      records: 'HazardReported',
    },
  },
  parts: {
    claim: {
      chart: claimChart,
      key: ({ data }) => ('claimId' in data ? data.claimId : ''),
      opens: ['ClaimMade'],
      on: ['ClaimVerified', 'ClaimRejected', 'ItemReturned'],
    },
  },
  deadlines: {
    keeping: {
      code: 'T-KEEP',
      armedBy: ['ItemRegistered'],
      disarmedBy: ['ItemReturned', 'ItemDisposed'],
      dueAt: ({ event, policy, calendar }) =>
        calendar.add(event.occurredAt, policy.duration('keepingPeriod')),
      marks: [fromDue({ value: 7, unit: 'days' }, 'SUPERVISOR')],
    },
    claimAnswer: {
      code: 'T-CLAIM',
      part: 'claim',
      armedBy: ['ClaimMade'],
      disarmedBy: ['ClaimVerified', 'ClaimRejected'],
      dueAt: ({ event, policy, calendar }) =>
        calendar.add(event.occurredAt, policy.duration('claimAnswer')),
    },
  },
  consequences: [
    {
      name: 'a return rejects every other claim',
      on: ['ItemReturned'],
      record: ({ parts }) =>
        parts
          .all(claim)
          .filter(({ status }) => status === 'active')
          .map(({ id }) => ({
            type: 'ClaimRejected',
            data: { claimId: id, because: 'returnedToOther' },
          })),
    },
  ],
  labels,
});
// #endregion
