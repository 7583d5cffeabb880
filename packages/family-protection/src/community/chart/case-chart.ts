// The chart of the case: five regions side by side, and emergencies above all of them.
import { assign } from 'xstate';
import type { Complaints } from '../complaints.ts';
import { initialContext } from '../context.ts';
import { lifecycle } from './lifecycle.ts';
import { machine } from './machine-setup.ts';
import { screening } from './screening.ts';
import { compliance, resolution, verification } from './work.ts';

/** The case chart of a community case. */
export function caseChartOf({ chartId }: Pick<Complaints, 'chartId'>) {
  return machine.createMachine({
    id: chartId,
    type: 'parallel',
    context: initialContext,
    on: {
      ProtectiveMeasureStarted: { actions: assign({}) },
      MedicalTransferOrdered: { actions: assign({}) },
    },
    states: { lifecycle, screening, verification, resolution, compliance },
  });
}
