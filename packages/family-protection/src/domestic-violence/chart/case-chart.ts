// The chart of the case: its regions side by side, and emergencies above all of them.
import { assign } from 'xstate';
import { initialContext } from '../context.ts';
import { followUp } from './follow-up.ts';
import { legal } from './legal.ts';
import { lifecycle } from './lifecycle.ts';
import { machine } from './machine-setup.ts';
import { protection } from './protection.ts';
import { reconciliation } from './reconciliation.ts';
import { assessment, risk } from './risk.ts';
import { childSafeguarding, support } from './support.ts';

/** The case chart of domestic violence. */
export const caseChart = machine.createMachine({
  id: 'domesticViolence',
  type: 'parallel',
  context: initialContext,
  on: {
    ProtectiveMeasureStarted: { actions: assign({}) },
    MedicalTransferOrdered: { actions: assign({}) },
  },
  states: {
    lifecycle,
    risk,
    assessment,
    protection,
    legal,
    support,
    childSafeguarding,
    followUp,
    reconciliation,
  },
});
