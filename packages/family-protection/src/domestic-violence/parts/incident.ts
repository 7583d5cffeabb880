// Incidents, and how far the record that the law asks for has come.
import { laterOf } from '@himaya/engine';
import { assign, setup } from 'xstate';
import { openedBy } from '../../parts.ts';
import { namesOf, union } from '../../parties/facts.ts';
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

const isTarget = ({ exposure }: { readonly exposure: string }): boolean => exposure === 'targeted';

/** The chart of one incident: its record is open until it is complete. */
export const incidentChart = machine.createMachine({
  id: 'incident',
  context: ({ input }) => {
    const told = openedBy(input, 'IncidentRecorded');
    const report =
      openedBy(input, 'ReportRegistered') ?? openedBy(input, 'ComplaintRegistered');
    const occurredFrom = told?.occurredFrom ?? report?.incidentAt ?? input.event.occurredAt;
    const violenceTypes = told?.violenceTypes ?? report?.violenceTypes ?? [];
    const contextFlags = told?.contextFlags ?? report?.contextFlags ?? [];
    const weapon = told?.weapon ?? report?.weapon ?? 'none';
    return {
      alleged: told?.alleged ?? report?.alleged ?? [],
      victim: told?.victim ?? report?.victim ?? null,
      occurredFrom,
      violenceTypes,
      contextFlags,
      weapon,
      told: [...violenceTypes, ...contextFlags, weapon],
      latestFrom: occurredFrom,
      toldBy: namesOf(input.event.actor),
      isChildTargeted: told?.childrenPresent.some(isTarget) ?? false,
      fields: [],
    };
  },
  initial: 'recordOpen',
  on: {
    IncidentCorrected: {
      actions: assign({
        victim: ({ context, event }) => event.data.victim ?? context.victim,
        alleged: ({ context, event }) => event.data.alleged ?? context.alleged,
        toldBy: ({ context, event }) => union(context.toldBy, namesOf(event.actor)),
        occurredFrom: ({ context, event }) => event.data.occurredFrom ?? context.occurredFrom,
        violenceTypes: ({ context, event }) => event.data.violenceTypes ?? context.violenceTypes,
        contextFlags: ({ context, event }) => event.data.contextFlags ?? context.contextFlags,
        weapon: ({ context, event }) => event.data.weapon ?? context.weapon,
        told: ({ context, event: { data } }) =>
          union(context.told, [
            ...(data.violenceTypes ?? []),
            ...(data.contextFlags ?? []),
            ...(data.weapon === undefined ? [] : [data.weapon]),
          ]),
        latestFrom: ({ context, event }) =>
          laterOf(context.latestFrom, event.data.occurredFrom ?? context.latestFrom),
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
