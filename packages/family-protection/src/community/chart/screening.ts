// The region of screening: hidden harm is ruled out, suspected, or found; only then comes the rest.
import { and, assign } from 'xstate';
import { t, type CommunityEvent, type View } from '../head.ts';
import { mediating } from '../parts/kinds.ts';
import { union } from '../../parties/facts.ts';
import { isKinAtTable } from '../kinship.ts';
import { countsFrom, isRelapse, unnamedDanger } from './dangers.ts';
import { machine } from './machine-setup.ts';

type Screened = CommunityEvent<'HiddenHarmScreened'>['data'];
const onHarm = (holds: (data: Screened) => boolean) =>
  t.guard(({ event }) => event.type === 'HiddenHarmScreened' && holds(event.data));
const found = onHarm(({ result }) => result === 'positive');
const forced = onHarm(
  ({ result, violenceScreeningRequired: required }) =>
    result === 'unsure' || (result === 'negative' && required),
);
/** Whether nothing arose, and nobody joined, after what an event found out. */
function isInTime({ context: { screenFrom }, event }: Pick<View, 'context' | 'event'>): boolean {
  return screenFrom === null || event.occurredAt >= screenFrom;
}

const ruledOut = t.guard(
  (view) =>
    view.event.type === 'HiddenHarmScreened' &&
    view.event.data.result === 'negative' &&
    !view.event.data.violenceScreeningRequired &&
    isInTime(view),
);

/**
 * Who must be screened: those named, else the complainant, each respondent and whoever is family.
 * A child is not interviewed for it as long as there is anyone else, unless what it said is in doubt.
 */
function toBeScreened({ context, policy }: Pick<View, 'context' | 'policy'>): readonly string[] {
  const { parties, toScreen, screened } = context;
  const kin = policy.list('screening.kinRelations');
  const meant = Object.keys(parties).filter((id) => {
    const party = parties[id];
    const isPair = party?.role === 'complainant' || party?.role === 'respondent';
    return isPair || (party !== undefined && isKinAtTable(party, kin));
  });
  const needed = toScreen.length > 0 ? toScreen : meant;
  const grown = needed.filter((id) => parties[id]?.isChild !== true);
  const doubtful = Object.keys(screened).filter((id) => screened[id] === 'unsure');
  return union(grown.length > 0 ? grown : needed, doubtful);
}

/** Whether someone was screened alone with no result, after all that there was to ask about. */
function isHarmless(view: View): boolean {
  const { event } = view;
  if (event.type !== 'ViolenceScreeningCompleted' || event.data.result !== 'negative') return false;
  return isInTime(view);
}

/** Whether, with this result, everyone who must be screened has been, and nothing was found. */
function isComplete(view: View): boolean {
  const { context, event } = view;
  if (!isHarmless(view) || event.type !== 'ViolenceScreeningCompleted') return false;
  const { partyId } = event.data;
  const needed = toBeScreened(view);
  return (
    needed.length > 0 && needed.every((id) => id === partyId || context.screened[id] === 'negative')
  );
}

const violence = t.guard(
  ({ event }) => event.type === 'ViolenceScreeningCompleted' && event.data.result === 'positive',
);
const unsure = t.guard(
  ({ event }) => event.type === 'ViolenceScreeningCompleted' && event.data.result === 'unsure',
);
const complete = t.guard(isComplete);
/** Whether someone taken for a child joins those whom mediation may bring together. */
const growsUp = t.guard(({ context, event }) => {
  if (event.type !== 'PartyAgeCorrected' || event.data.isChild) return false;
  const party = context.parties[event.data.partyId];
  return party?.isChild === true && mediating.includes(party.role);
});
/** Whether someone whom mediation may bring together turns out to be family, or nobody knows. */
const turnsOutKin = t.guard(({ context, event, policy }) => {
  if (event.type !== 'PartyRelationCorrected') return false;
  const { partyId, relationToComplainant: known } = event.data;
  return (
    mediating.includes(context.parties[partyId]?.role ?? '') &&
    (known === 'unknown' || policy.list('screening.kinRelations').includes(known))
  );
});
/** Whether someone who was screened as if grown turns out to be a child: nobody sat beside it. */
const wasChild = t.guard(({ context, event }) => {
  if (event.type !== 'PartyAgeCorrected' || !event.data.isChild) return false;
  const { partyId } = event.data;
  return (
    context.parties[partyId]?.isChild === false && context.screened[partyId] !== undefined
  );
});
const harmless = t.guard(isHarmless);

/** Whether somebody comes back who had left before there was a complaint. */
const returns = t.guard((view) => view.in('lifecycle.abandoned'));

const screen = machine.createStateConfig({
  on: {
    HiddenHarmScreened: [
      { guard: found, target: 'positive' },
      {
        guard: forced,
        target: 'violenceRequired',
        actions: assign({
          toScreen: ({ event }) => event.data.toScreen,
          screened: {},
          screenFrom: countsFrom,
        }),
      },
      { guard: ruledOut, target: 'negative' },
      // What was found out before the last danger is recorded, and rules nothing out.
      { actions: assign({}) },
    ],
  },
});

const noteResult = machine.createStateConfig({
  on: {
    ViolenceScreeningCompleted: {
      actions: assign({
        screened: ({ context, event }) => ({
          ...context.screened,
          [event.data.partyId]: event.data.result,
        }),
      }),
    },
  },
});
const { actions: note } = noteResult.on.ViolenceScreeningCompleted;

const doubts = machine.createStateConfig({
  on: {
    ViolenceScreeningCompleted: {
      actions: assign({
        toScreen: ({ event }) => [event.data.partyId],
        screened: {},
        screenFrom: countsFrom,
      }),
    },
  },
});
const { actions: doubt } = doubts.on.ViolenceScreeningCompleted;

const retold = machine.createStateConfig({
  on: {
    ViolenceScreeningCompleted: {
      actions: assign({
        screened: ({ context, event }) => ({
          ...context.screened,
          [event.data.partyId]: event.data.result,
        }),
        screenFrom: countsFrom,
      }),
    },
    PartyAgeCorrected: {
      actions: assign({
        screened: ({ context, event }) => ({
          ...context.screened,
          [event.data.partyId]: 'unsure' as const,
        }),
      }),
    },
  },
});

const violenceRequired = machine.createStateConfig({
  on: {
    // A forced screening is not undone by looking again at how the parties are related.
    HiddenHarmScreened: [
      { guard: found, target: 'positive' },
      {
        guard: forced,
        actions: assign({
          toScreen: ({ context, event }) => union(context.toScreen, event.data.toScreen),
        }),
      },
      { actions: assign({}) },
    ],
    ViolenceScreeningCompleted: [
      { guard: violence, target: 'positive', actions: note },
      { guard: complete, target: 'negative', actions: note },
      { guard: harmless, actions: note },
      { guard: unsure, actions: retold.on.ViolenceScreeningCompleted.actions },
      { actions: assign({}) },
    ],
    // Whoever joins the dispute meanwhile is screened too. While nobody is named, the complainant
    // and each respondent are meant, whoever they turn out to be.
    PartyAdded: {
      guard: ({ context, event }) =>
        context.toScreen.length > 0 &&
        mediating.includes(event.data.partyRole) &&
        !event.data.isChild,
      actions: assign({
        toScreen: ({ context, event }) => union(context.toScreen, [event.data.partyId]),
      }),
    },
    PartyAgeCorrected: [
      {
        guard: and([({ context }) => context.toScreen.length > 0, growsUp]),
        actions: assign({
          toScreen: ({ context: { toScreen }, event }) => union(toScreen, [event.data.partyId]),
        }),
      },
      { guard: wasChild, actions: retold.on.PartyAgeCorrected.actions },
    ],
    PartyRelationCorrected: {
      guard: and([({ context }) => context.toScreen.length > 0, turnsOutKin]),
      actions: assign({
        toScreen: ({ context: { toScreen }, event }) => union(toScreen, [event.data.partyId]),
      }),
    },
  },
});

const negative = machine.createStateConfig({
  entry: assign({ harmAverted: false }),
  on: {
    ...screen.on,
    ViolenceScreeningCompleted: [
      { guard: violence, target: 'positive', actions: note },
      { guard: unsure, target: 'violenceRequired', actions: doubt },
      { guard: harmless, actions: note },
      { actions: assign({}) },
    ],
    IntakeStarted: { guard: returns, target: 'pending' },
    PartyAdded: {
      guard: ({ event }) => mediating.includes(event.data.partyRole),
      target: 'pending',
    },
    // Children are not screened with the others: an adult among them has not been.
    PartyAgeCorrected: [
      { guard: growsUp, target: 'pending' },
      {
        guard: wasChild,
        target: 'violenceRequired',
        actions: retold.on.PartyAgeCorrected.actions,
      },
    ],
    PartyRelationCorrected: { guard: turnsOutKin, target: 'pending' },
    FollowUpCompleted: { guard: ({ event }) => isRelapse(event.data), target: 'pending' },
    SessionTerminatedForSafety: {
      target: 'pending',
      ...unnamedDanger.on.SessionTerminatedForSafety,
    },
    SafetyConcernNoted: 'pending',
    ProtectiveMeasureStarted: 'pending',
    MedicalTransferOrdered: 'pending',
  },
});

/** The region `screening`. What was found stays found: only another procedure can deal with it. */
export const screening = machine.createStateConfig({
  initial: 'pending',
  states: {
    pending: {
      on: {
        ...screen.on,
        ViolenceScreeningCompleted: [
          { guard: violence, target: 'positive', actions: note },
          { guard: unsure, target: 'violenceRequired', actions: doubt },
          { guard: harmless, actions: note },
          { actions: assign({}) },
        ],
      },
    },
    violenceRequired,
    negative,
    positive: {
      on: { HiddenHarmScreened: { actions: assign({}) }, ...noteResult.on },
    },
  },
});
