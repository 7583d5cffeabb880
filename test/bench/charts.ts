// The chart of domestic violence: XState's three ways of taking an event, and the stepper.
import { policyCalendar, policyReader } from '@himaya/engine';
import { domesticViolence, policyBaseline } from '@himaya/family-protection';
import { compile, FACTS_KEY, type ChartEvent } from '@himaya/statechart';
import {
  createActor,
  initialTransition,
  transition,
  type AnyMachineSnapshot,
  type AnyStateMachine,
} from 'xstate';
import { Draw, valueOf } from '../../packages/family-protection/test/charts/data.ts';
import { machinesOf } from '../../packages/family-protection/test/charts/machines.ts';
import { timed, type Floor, type Sample, type Subject } from './measure.ts';
import { INERT_SCOPE } from '../../packages/statechart/test/inert-scope.ts';

const LENGTHS = [20, 200] as const;
/** Events that each round takes of XState; the stepper takes them several times. */
const EVENTS = 4_000;
const TIMES = 10;
const START_MS = Date.parse('2027-05-09T06:00:00Z');
const HOUR_MS = 3_600_000;

const machine: AnyStateMachine = machinesOf(domesticViolence).chart;
const chart = compile(machine);

/** What guards may look at beside the context: a case that has no parts yet. */
const facts = {
  parts: { one: () => undefined, all: () => [] },
  part: undefined,
  policy: policyReader(policyBaseline),
  calendar: policyCalendar(policyBaseline),
  in: () => false,
};

type History = readonly ChartEvent[];

/** A history of events that are taken, drawn from a number. */
function historyOf(length: number, seed: number): History {
  const draw = new Draw(seed);
  const events: ChartEvent[] = [];
  let { snapshot } = chart.start(undefined, facts);
  while (events.length < length) {
    const types = chart.enabled(snapshot).filter((type) => domesticViolence.events[type]);
    const event = eventNamed(draw.of(types), draw, events.length);
    const stepped = chart.step(snapshot, event, facts);
    if (stepped.kind !== 'stepped') continue;
    ({ snapshot } = stepped);
    events.push(event);
  }
  return events;
}

function eventNamed(type: string, draw: Draw, index: number): ChartEvent {
  const schema = domesticViolence.events[type];
  const at = new Date(START_MS + index * HOUR_MS).toISOString();
  const actor = { staff: 'cw1', role: 'CW', office: 'MUH-FCP' };
  const data = schema ? valueOf(schema, draw) : {};
  return { type, data, occurredAt: at, recordedAt: at, actor };
}

/** Folds one history; answers the value that it ends with, as text. */
type Fold = (history: History) => unknown;

const stepper: Fold = (history) => {
  let { snapshot } = chart.start(undefined, facts);
  for (const event of history) {
    const stepped = chart.step(snapshot, event, facts);
    if (stepped.kind === 'stepped') ({ snapshot } = stepped);
  }
  return snapshot.value;
};

/** XState keeps the facts in the context, under the key that charts reserve for them. */
function withFacts(snapshot: AnyMachineSnapshot): AnyMachineSnapshot {
  const context = { ...(snapshot.context as object), [FACTS_KEY]: facts };
  return machine.resolveState({ value: snapshot.value, context } as never);
}

const official: Fold = (history) => {
  let snapshot = withFacts(initialTransition(machine)[0]);
  for (const event of history) [snapshot] = transition(machine, snapshot, event);
  return snapshot.value;
};

const reusedScope: Fold = (history) => {
  let snapshot = withFacts(machine.getInitialSnapshot(INERT_SCOPE));
  for (const event of history) snapshot = machine.transition(snapshot, event, INERT_SCOPE);
  return snapshot.value;
};

/** An actor whose timers never ring: legal terms are none of its business. */
const clock = { setTimeout: () => 0, clearTimeout: () => undefined };

const actor: Fold = (history) => {
  const snapshot = withFacts(machine.getInitialSnapshot(INERT_SCOPE));
  const running = createActor(machine, { snapshot: snapshot as never, clock });
  running.start();
  for (const event of history) running.send(event);
  const { value } = running.getSnapshot() as AnyMachineSnapshot;
  running.stop();
  return value;
};

function subjectOf(
  name: string,
  histories: readonly History[],
  fold: Fold,
  times: number,
  floors: readonly Floor[] = [],
): Subject {
  const expected = histories.map((history) => JSON.stringify(stepper(history)));
  const count = histories.reduce((sum, { length }) => sum + length, 0) * times;
  return {
    name,
    unit: 'events',
    floors,
    run: (): Promise<Sample> =>
      timed(count, () => {
        let failures = 0;
        for (let time = 0; time < times; time += 1) {
          for (const [index, history] of histories.entries()) {
            if (JSON.stringify(fold(history)) !== expected[index]) failures += history.length;
          }
        }
        return failures;
      }),
  };
}

function subjectsOf(length: number, seed: number): readonly Subject[] {
  const histories = Array.from({ length: EVENTS / length }, (_, index) =>
    historyOf(length, seed * 1_000 + index),
  );
  const named = (what: string): string => `${what}, ${length} events`;
  const [slow, quick] = [named('transition()'), named('one reused scope')];
  const parsed = named('JSON.parse of the bytes');
  const bytes = histories.map((history) =>
    history.map((event) => Buffer.from(JSON.stringify(event))),
  );
  const parse = (of: readonly Buffer[]): History =>
    of.map((one) => JSON.parse(one.toString('utf8')) as ChartEvent);
  const count = EVENTS * TIMES;
  return [
    subjectOf(slow, histories, official, 1),
    subjectOf(quick, histories, reusedScope, 1),
    subjectOf(named('actor.send'), histories, actor, 1),
    subjectOf(named('stepper'), histories, stepper, TIMES, [
      { name: slow, due: 50 },
      { name: quick, due: 12 },
    ]),
    {
      name: parsed,
      unit: 'events',
      run: () =>
        timed(count, () => {
          let seen = 0;
          for (let time = 0; time < TIMES; time += 1) {
            for (const one of bytes) seen += parse(one).length;
          }
          return count - seen;
        }),
    },
    {
      name: named('parsed and stepped'),
      unit: 'events',
      floors: [{ name: parsed, due: 0.5 }],
      run: () =>
        timed(count, () => {
          let failures = 0;
          for (let time = 0; time < TIMES; time += 1) {
            for (const one of bytes) if (stepper(parse(one)) === undefined) failures += 1;
          }
          return failures;
        }),
    },
  ];
}

/** The subjects of short and long histories of the violence chart. */
export function chartSubjects(seed: number): readonly Subject[] {
  return LENGTHS.flatMap((length) => subjectsOf(length, seed));
}
