// The region of screening: hidden harm is ruled out, suspected, or found; only then comes the rest.
import { and, assign } from 'xstate';
import { t, type ParkingEvent, type View } from '../head.ts';
import { mediating } from '../parts/kinds.ts';
import { union } from '../../parties/facts.ts';
import { machine } from './machine-setup.ts';

type Screened = ParkingEvent<'HiddenHarmScreened'>['data'];
const onHarm = (holds: (data: Screened) => boolean) =>
  t.guard(({ event }) => event.type === 'HiddenHarmScreened' && holds(event.data));
const found = onHarm(({ result }) => result === 'positive');
const forced = onHarm(
  ({ result, violenceScreeningRequired: required }) =>
    result === 'unsure' || (result === 'negative' && required),
);
const ruledOut = onHarm(
  ({ result, violenceScreeningRequired: required }) => result === 'negative' && !required,
);

/**
 * Who must be screened: those named, else the complainant, each respondent and whoever is family.
 * A child is not interviewed for it as long as there is anyone else.
 */
function toBeScreened({ context, policy }: Pick<View, 'context' | 'policy'>): readonly string[] {
  const { parties, toScreen } = context;
  const kin = policy.list('screening.kinRelations');
  const meant = Object.keys(parties).filter((id) => {
    const { role = 'witness', relation = 'none' } = parties[id] ?? {};
    const isPair = role === 'complainant' || role === 'respondent';
    return isPair || (mediating.includes(role) && kin.includes(relation));
  });
  const needed = toScreen.length > 0 ? toScreen : meant;
  const grown = needed.filter((id) => parties[id]?.isChild !== true);
  return grown.length > 0 ? grown : needed;
}

/** Whether, with this result, everyone who must be screened has been, and nothing was found. */
function isComplete(view: View): boolean {
  const { context, event } = view;
  if (event.type !== 'ViolenceScreeningCompleted' || event.data.result !== 'negative') return false;
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
const incomplete = t.guard(
  (view) =>
    view.event.type === 'ViolenceScreeningCompleted' &&
    view.event.data.result === 'negative' &&
    !isComplete(view),
);
const harmless = t.guard(
  ({ event }) => event.type === 'ViolenceScreeningCompleted' && event.data.result === 'negative',
);

const screen = machine.createStateConfig({
  on: {
    HiddenHarmScreened: [
      { guard: found, target: 'positive' },
      {
        guard: forced,
        target: 'violenceRequired',
        actions: assign({ toScreen: ({ event }) => event.data.toScreen, screened: {} }),
      },
      { guard: ruledOut, target: 'negative' },
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
      actions: assign({ toScreen: ({ event }) => [event.data.partyId], screened: {} }),
    },
  },
});
const { actions: doubt } = doubts.on.ViolenceScreeningCompleted;

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
      { guard: ruledOut, actions: assign({}) },
    ],
    ViolenceScreeningCompleted: [
      { guard: violence, target: 'positive', actions: note },
      { guard: complete, target: 'negative', actions: note },
      { guard: incomplete, actions: note },
      { guard: unsure, actions: note },
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
    PartyAgeCorrected: {
      guard: and([({ context }) => context.toScreen.length > 0, growsUp]),
      actions: assign({
        toScreen: ({ context: { toScreen }, event }) => union(toScreen, [event.data.partyId]),
      }),
    },
    PartyRelationCorrected: {
      guard: and([({ context }) => context.toScreen.length > 0, turnsOutKin]),
      actions: assign({
        toScreen: ({ context: { toScreen }, event }) => union(toScreen, [event.data.partyId]),
      }),
    },
  },
});

const negative = machine.createStateConfig({
  on: {
    ...screen.on,
    ViolenceScreeningCompleted: [
      { guard: violence, target: 'positive', actions: note },
      { guard: unsure, target: 'violenceRequired', actions: doubt },
      { guard: harmless, actions: note },
    ],
    PartyAdded: {
      guard: ({ event }) => mediating.includes(event.data.partyRole),
      target: 'pending',
    },
    // Children are not screened with the others: an adult among them has not been.
    PartyAgeCorrected: { guard: growsUp, target: 'pending' },
    PartyRelationCorrected: { guard: turnsOutKin, target: 'pending' },
    FollowUpCompleted: {
      guard: ({ event }) => event.data.safetyAnswer === 'concern' || event.data.newIncident,
      target: 'pending',
    },
    SessionTerminatedForSafety: 'pending',
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
