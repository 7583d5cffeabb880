// Incidents, and how far the record that the law asks for has come.
import { assign, setup } from 'xstate';
import { openedBy } from '../../parts.ts';
import { union } from '../../parties/facts.ts';
import { t, type DvEvent } from '../head.ts';
import { incidentKind, type Incident } from './kinds.ts';

type Completed = DvEvent<'StatutoryRecordCompleted'>;

/** Fields of the statutory record that an event brings. */
function given({ data }: Completed): readonly string[] {
  return Object.keys(data).filter((name) => name !== 'incidentId');
}

/** Whether, with this event, every field that the law asks for is there. */
const complete = t.guard(({ event, part, policy }) => {
  if (event.type !== 'StatutoryRecordCompleted') return false;
  const known = (part?.context as Incident | undefined)?.fields ?? [];
  const fields = [...known, ...given(event)];
  return policy.list('art14.fields').every((field) => fields.includes(field));
});

const machine = setup({ types: incidentKind.types });
const notes = machine.createStateConfig({
  on: {
    StatutoryRecordCompleted: {
      actions: assign({ fields: ({ context, event }) => union(context.fields, given(event)) }),
    },
  },
});
const { actions: note } = notes.on.StatutoryRecordCompleted;

/** The chart of one incident: its record is open until it is complete. */
export const incidentChart = machine.createMachine({
  id: 'incident',
  context: ({ input }) => {
    const told = openedBy(input, 'IncidentRecorded');
    const report = openedBy(input, 'ReportRegistered');
    return {
      alleged: told?.alleged ?? report?.alleged ?? [],
      victim: told?.victim ?? report?.victim ?? null,
      occurredFrom: told?.occurredFrom ?? report?.incidentAt ?? input.event.occurredAt,
      violenceTypes: told?.violenceTypes ?? report?.violenceTypes ?? [],
      contextFlags: told?.contextFlags ?? report?.contextFlags ?? [],
      weapon: told?.weapon ?? 'none',
      fields: [],
    };
  },
  initial: 'recordOpen',
  on: {
    IncidentCorrected: {
      actions: assign({
        occurredFrom: ({ context, event }) => event.data.occurredFrom ?? context.occurredFrom,
        violenceTypes: ({ context, event }) => event.data.violenceTypes ?? context.violenceTypes,
        contextFlags: ({ context, event }) => event.data.contextFlags ?? context.contextFlags,
      }),
    },
  },
  states: {
    recordOpen: {
      on: {
        StatutoryRecordCompleted: [
          { guard: complete, target: 'recordComplete', actions: note },
          { actions: note },
        ],
      },
    },
    recordComplete: { on: notes.on },
  },
});
