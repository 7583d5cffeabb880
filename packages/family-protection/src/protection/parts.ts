// Protective measures and medical transfers: what each remembers, and its short life.
import type { PartSpec } from '@himaya/engine';
import { assign, setup } from 'xstate';
import { keyField, openedBy, partKind } from '../parts.ts';
import type { SafetyEvents } from './events.ts';

/** A protective measure. */
export interface Measure {
  readonly kind: string;
  readonly owner: string;
}
/** A transfer to medical care. */
export interface MedicalTransfer {
  readonly partyId: string | null;
}

/** Kind of {@link Measure}. */
export const measureKind = partKind<Measure, SafetyEvents>('measure');
/** Kind of {@link MedicalTransfer}. */
export const transferKind = partKind<MedicalTransfer, SafetyEvents>('medicalTransfer');

/** The chart of a protective measure. */
export const measureChart = setup({ types: measureKind.types }).createMachine({
  id: 'measure',
  context: ({ input }) => {
    const data = openedBy(input, 'ProtectiveMeasureStarted');
    return { kind: data?.kind ?? '', owner: data?.owner ?? '' };
  },
  initial: 'active',
  states: {
    active: {
      on: {
        ProtectiveMeasureReviewed: { actions: assign({}) },
        ProtectiveMeasureEnded: 'ended',
      },
    },
    ended: { type: 'final' },
  },
});

/** The chart of a medical transfer. */
export const transferChart = setup({ types: transferKind.types }).createMachine({
  id: 'medicalTransfer',
  context: ({ input }) => ({
    partyId: openedBy(input, 'MedicalTransferOrdered')?.partyId ?? null,
  }),
  initial: 'ordered',
  states: {
    ordered: { on: { MedicalTransferCompleted: 'completed' } },
    completed: { type: 'final' },
  },
});

/** The parts by kind. */
export const safetyParts = {
  measure: {
    chart: measureChart,
    key: keyField('measureId'),
    opens: ['ProtectiveMeasureStarted'],
    on: ['ProtectiveMeasureReviewed', 'ProtectiveMeasureEnded'],
  },
  medicalTransfer: {
    chart: transferChart,
    key: keyField('transferId'),
    opens: ['MedicalTransferOrdered'],
    on: ['MedicalTransferCompleted'],
  },
} as const satisfies Readonly<Record<string, PartSpec<SafetyEvents>>>;
