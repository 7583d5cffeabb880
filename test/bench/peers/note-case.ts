// What every library does: a case is registered, notes are added while it is open. Here as a case type.
import { caseType, createEngine, definePolicy, instant, type Engine } from '@himaya/engine';
import type { EventStore } from '@himaya/event-store';
import { assign, setup } from 'xstate';
import { z } from 'zod';
import { commandId } from '../workload.ts';
import type { Library } from './library.ts';

/** More events than any case has here. */
const EVENTS_MAX = 1_000;

const said = z.strictObject({ text: z.string() });
const both = (en: string, ar: string) => ({ en, ar });

const t = caseType({
  name: 'bench.notes',
  version: '1.0.0',
  policy: 'bench',
  title: both('Notes', 'ملاحظات'),
  context: z.object({ notes: z.number() }),
  events: { Registered: said, NoteAdded: said },
});

const rules = t.rules({
  caseIsOpen: t.rule({
    code: 'CASE_NOT_OPEN',
    text: both('The case is not open.', 'القضية ليست مفتوحة.'),
    citation: null,
    discloses: 'nothing',
    holds: (view) => view.in('open'),
  }),
});

const chart = setup({ types: t.types }).createMachine({
  id: 'notes',
  context: { notes: 0 },
  initial: 'draft',
  states: {
    draft: { on: { Registered: 'open' } },
    open: {
      on: { NoteAdded: { actions: assign({ notes: ({ context }) => context.notes + 1 }) } },
    },
  },
});

const notes = t.define({
  chart,
  requires: { NoteAdded: rules.allOf('caseIsOpen') },
  commands: {
    Register: { input: said, polarity: 'neutral', by: ['CLK'], records: 'Registered', opens: true },
    AddNote: { input: said, polarity: 'neutral', by: ['CLK'], records: 'NoteAdded' },
  },
  labels: {
    roles: { CLK: both('Clerk', 'كاتب') },
    commands: { Register: both('Register', 'تسجيل'), AddNote: both('Add a note', 'إضافة ملاحظة') },
    events: {
      Registered: both('Registered', 'سجلت'),
      NoteAdded: both('Note added', 'أضيفت ملاحظة'),
    },
    states: { draft: both('draft', 'مسودة'), open: both('open', 'مفتوحة') },
    deadlines: {},
    parts: {},
  },
});

const policy = definePolicy({
  name: 'bench',
  version: '1.0.0',
  effectiveFrom: instant('2020-01-01T00:00:00Z'),
  title: both('Bench', 'قياس'),
  calendar: {
    timeZone: 'Asia/Bahrain',
    utcOffsetMinutes: 180,
    weekend: ['friday', 'saturday'],
    holidays: [],
    workingHours: { from: '07:00', to: '14:15' },
    citation: null,
  },
  values: {},
});

const clerk = { staff: 'clk1', role: 'CLK', office: 'BEN' };

/** An engine over `store` that knows the case type; it keeps the states of so many cases. */
export function notesEngine(store: EventStore, statesMax = 2_000): Engine {
  return createEngine({ store, caseTypes: [notes], policies: [policy], office: 'BEN', statesMax });
}

/** Himaya on a store. */
export function himayaOn(store: EventStore): Library {
  const engine = notesEngine(store);
  return {
    name: 'himaya',
    register: async (text) => {
      const command = { id: commandId(), name: 'Register', caseType: notes.name, input: { text } };
      const outcome = await engine.execute(command, clerk);
      return outcome.kind === 'accepted' ? outcome.case.caseId : undefined;
    },
    addNote: async (caseId, text) => {
      const command = { id: commandId(), name: 'AddNote', caseId, input: { text } };
      return (await engine.execute(command, clerk)).kind === 'accepted';
    },
    read: async (caseId) => {
      const { entries } = await store.readStream(`case-${caseId}`, 0, EVENTS_MAX);
      const parse = (bytes: Uint8Array): unknown => JSON.parse(Buffer.from(bytes).toString());
      return entries.map(({ bytes }) => parse(bytes)).length;
    },
    close: () => store.close(),
  };
}
