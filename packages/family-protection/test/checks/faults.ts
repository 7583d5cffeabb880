// Faults of domestic violence that change more than a rule: charts, what rules look at, what follows.
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
