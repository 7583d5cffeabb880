// Faults of domestic violence that change more than a rule: charts, what rules look at, what follows.
import { assign } from 'xstate';
import { orderKind } from '../../src/domestic-violence/parts/kinds.ts';
import { partsIn } from '../../src/parts.ts';
import { followed, recharted, ruled, stateChanged } from '../law/faults.ts';

/** An order counts for nothing before it is served. */
export const onlyServed = ruled('noOrderBetween', (holds) => (view) => {
  const { parts } = view;
  const served: typeof parts.all = (kind) =>
    parts.all(kind).filter((part) => part.kind !== 'order' || part.in('inForce.served'));
  return holds({ ...view, parts: { one: (kind, id) => parts.one(kind, id), all: served } });
});

interface Transition {
  readonly guard: (args: { readonly event: { readonly data: unknown } }) => boolean;
}

/** Whatever an assessment finds is the level from then on, also where it is the lower one. */
export const fallingRisk = recharted((config) =>
  stateChanged(config, 'risk', (risk) => {
    const assessed = (risk.on?.['RiskAssessed'] ?? []) as readonly Transition[];
    const levels = ['standard', 'medium', 'high', 'imminent'];
    const found = assessed.map((transition, index) => ({
      ...transition,
      guard: ({ event }: { readonly event: { readonly data: { readonly finalLevel: string } } }) =>
        event.data.finalLevel === levels[index],
    }));
    return { ...risk, on: { ...risk.on, RiskAssessed: found } };
  }),
);

/** Whoever needs protection has to wait until somebody has triaged the case. */
export const waitingEmergencies = recharted((config) => {
  const { ProtectiveMeasureStarted: started, ...rest } = config.on ?? {};
  const guard = ({ context }: { readonly context: { readonly triageLevel: unknown } }): boolean =>
    context.triageLevel !== null;
  const waiting = { ...(started as object), guard };
  const on = { ...rest, ProtectiveMeasureStarted: waiting };
  return stateChanged({ ...config, on }, 'lifecycle', (lifecycle) => {
    const { ProtectiveMeasureStarted: _, ...others } = lifecycle.on ?? {};
    return { ...lifecycle, on: others };
  });
});

/** Who has left a shelter is taken for somebody whom no order has to protect any more. */
export const forgetfulShelter = followed({
  name: 'leaving a shelter ends the orders',
  records: ['ProtectionOrderRevoked'],
  on: ['ShelterExited'],
  record: ({ event, parts }) =>
    partsIn(parts.all(orderKind), 'inForce').map(({ id }) => ({
      type: 'ProtectionOrderRevoked',
      data: { orderId: id, at: event.occurredAt, basis: 'courtDecision' },
    })),
});

/** Whoever declares that they are related to a party takes the duty officer along. */
export const ownerless = recharted((config) =>
  stateChanged(config, 'lifecycle', (lifecycle) => {
    const declared = lifecycle.on?.['ConflictOfInterestDeclared'] as { readonly actions: unknown };
    const actions = [declared.actions, assign({ dutyOfficer: null } as never)].flat();
    const on = { ...lifecycle.on, ConflictOfInterestDeclared: { ...declared, actions } };
    return { ...lifecycle, on };
  }),
);

/** A file that is the same as another one is closed, whatever it says. */
export const closedUnread = recharted((config) =>
  stateChanged(config, 'lifecycle.intake', (intake) => {
    const merged = intake.on?.['DuplicateMerged'] as object;
    return { ...intake, on: { ...intake.on, DuplicateMerged: { ...merged, target: 'closed' } } };
  }),
);

/** An order ends when somebody has to look at the shelter again. */
export const endedByAnother = followed({
  name: 'a review ends the orders',
  records: ['ProtectionOrderRevoked'],
  on: ['DeadlineReached'],
  when: ({ event }) => (event.data as { readonly name: string }).name === 'caseReview',
  record: ({ event, parts }) =>
    partsIn(parts.all(orderKind), 'inForce').map(({ id }) => ({
      type: 'ProtectionOrderRevoked',
      data: { orderId: id, at: event.occurredAt, basis: 'courtDecision' },
    })),
});
