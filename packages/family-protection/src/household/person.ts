// The file of a person: in which households separation has to be looked up. Never forgotten.
import { caseType, type CaseType } from '@himaya/engine';
import { assign, setup } from 'xstate';
import { z } from 'zod';
import { roles } from '../roles.ts';
import { ref, words } from './fields.ts';

const joined = z.strictObject({ person: ref, household: ref });
const t = caseType({
  name: 'family.person',
  version: '1.0.0',
  category: 'person',
  policy: 'baseline',
  title: words('Households of a person', 'منازل الشخص'),
  context: z.object({ households: z.array(z.string()) }),
  events: { HouseholdJoined: joined },
});

const chart = setup({ types: t.types }).createMachine({
  id: 'person',
  context: { households: [] },
  initial: 'known',
  states: {
    known: {
      on: {
        HouseholdJoined: {
          actions: assign({
            households: ({ context, event }) => [
              ...new Set([...context.households, event.data.household]),
            ],
          }),
        },
      },
    },
  },
});

/** A person leaves a home, but never this list: leaving the home ends no danger. */
export const person: CaseType = t.define({
  chart,
  commands: {
    JoinHousehold: {
      input: joined,
      polarity: 'protective',
      by: ['INT', 'CW', 'INV', 'SUP', 'HEAD'],
      opens: true,
      keyedBy: (input) => input.person,
      records: 'HouseholdJoined',
    },
  },
  labels: {
    commands: { JoinHousehold: words('Enter in a household', 'إضافة إلى منزل') },
    events: { HouseholdJoined: words('Entered in a household', 'أضيف إلى منزل') },
    states: { known: words('Known', 'معروف') },
    deadlines: {},
    parts: {},
    roles,
  },
});
