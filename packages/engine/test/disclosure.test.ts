// What a case keeps is planted with a canary, and every way out for one who may not see is searched.
import { metrics, trace } from '@opentelemetry/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StreamName } from '@himaya/event-store';
import type { Alert } from '../src/index.ts';
import { bench, type Bench } from './sample/bench.ts';
import { CANARY, clerk, hall, hallPolicy, outsider } from './sample/hall.ts';

/** Everything that the engine tells OpenTelemetry, as an exporter would get it. */
const told: { readonly what: string; readonly name: string; readonly attributes: object }[] = [];

beforeAll(() => {
  trace.setGlobalTracerProvider({ getTracer: () => ({ startSpan }) } as never);
  const instrument = (name: string) => {
    const note = (value: number, attributes: object = {}) => {
      told.push({ what: 'metric', name, attributes: { ...attributes, value } });
    };
    return { add: note, record: note };
  };
  const meter = { createCounter: instrument, createHistogram: instrument };
  metrics.setGlobalMeterProvider({ getMeter: () => meter } as never);
});

afterAll(() => {
  trace.disable();
  metrics.disable();
});

function startSpan(name: string, options: { readonly attributes?: object }) {
  const attributes: Record<string, unknown> = { ...options.attributes };
  const set = (more: object) => Object.assign(attributes, more);
  return {
    setAttribute: (key: string, value: unknown) => set({ [key]: value }),
    setAttributes: set,
    setStatus: (status: object) => set({ status }),
    addEvent: (event: string, more: object = {}) => set({ [event]: more }),
    recordException: (error: unknown) => set({ error: String(error) }),
    end: () => told.push({ what: 'span', name, attributes }),
    spanContext: () => ({ traceId: '1', spanId: '1', traceFlags: 0 }),
  };
}

async function openHall(): Promise<Bench & { readonly caseId: string }> {
  const test = bench({ caseTypes: [hall], policies: [hallPolicy] });
  const { caseId } = (await test.accept('Register', { address: CANARY }, {}, clerk)).case;
  await test.accept('AskKey', { keyId: CANARY }, { caseId }, clerk);
  await test.accept('GiveKey', { keyId: CANARY, to: CANARY }, { caseId }, clerk);
  await test.accept('Store', { blob: { deep: [CANARY] } }, { caseId }, clerk);
  return { ...test, caseId };
}

/** Inputs that get as far as they can: well-formed, and breaking a rule where there is one. */
const INPUTS: Readonly<Record<string, object>> = {
  Register: { address: 'x' },
  Rent: { days: 9 },
  Store: { blob: 1 },
  Link: { link: 'none' },
  Book: {},
  Visit: {},
  Inspect: {},
  AskKey: { keyId: 'k' },
  GiveKey: { keyId: 'k', to: '' },
  Break: { where: 'rule' },
  Audit: {},
  Close: {},
};

describe('disclosure', () => {
  it('an outsider › trying everything › is shown nothing that the case keeps', async () => {
    const { engine, caseId, nextId, store } = await openHall();
    const shown: unknown[] = [await engine.options(caseId, outsider)];
    for (const [name, input] of Object.entries(INPUTS)) {
      for (const given of [input, {}, { wrong: true }]) {
        const command = { id: nextId(), name, caseId, input: given };
        shown.push(await engine.preview(command, outsider));
        shown.push(await engine.execute(command, outsider));
      }
    }
    expect(shown).toHaveLength(1 + 6 * Object.keys(INPUTS).length);
    expect(JSON.stringify(shown)).not.toContain(CANARY);
    const { entries } = await store.readStream('audit-w1-2027-01-10' as StreamName, 0, 1_000);
    const audited = entries.map(({ bytes }) => Buffer.from(bytes).toString()).join('\n');
    expect(audited).toContain('NOT_PERMITTED');
    expect(audited).not.toContain(CANARY);
  });

  it('a clerk who is refused › sees only what the broken rules disclose', async () => {
    const { engine, caseId, nextId } = await openHall();
    const command = { id: nextId(), name: 'Rent', caseId, input: { days: 9 } };
    for (const outcome of [
      await engine.preview(command, clerk),
      await engine.execute(command, clerk),
    ]) {
      // A_SECOND has a detail with the address, and discloses nothing.
      expect(JSON.stringify(outcome)).not.toContain(CANARY);
      expect(outcome).toMatchObject({ violations: [{ detail: { rents: 0 } }, {}, {}] });
    }
  });

  it('spans, metrics and alerts › carry names and outcomes only', async () => {
    told.length = 0;
    const { engine, caseId, nextId, alerts } = await openHall();
    for (const [name, input] of Object.entries(INPUTS)) {
      const command = { id: nextId(), name, caseId, input, reason: CANARY, basis: CANARY };
      await engine.preview(command, clerk).catch(() => undefined);
      await engine.execute(command, clerk).catch(() => undefined);
    }
    await engine.execute({ id: nextId(), name: CANARY, caseId, input: {} }, clerk);
    await engine.options(caseId, clerk);
    await engine.replay(caseId);
    const out: readonly (Alert | object)[] = [...told, ...alerts];
    expect(JSON.stringify(out)).not.toContain(CANARY);
    for (const secret of [caseId, clerk.staff]) expect(JSON.stringify(told)).not.toContain(secret);
    const names = new Set(told.map(({ what, name }) => `${what} ${name}`));
    expect([...names].sort()).toEqual([
      'metric himaya.command.duration',
      'span himaya.execute',
      'span himaya.options',
      'span himaya.preview',
      'span himaya.replay',
    ]);
    const find = (name: string, attributes: object) =>
      expect(told).toContainEqual(
        expect.objectContaining({ name, attributes: expect.objectContaining(attributes) }),
      );
    const rent = { 'himaya.command.name': 'Rent', 'himaya.command.outcome': 'refused' };
    find('himaya.execute', rent);
    find('himaya.command.duration', rent);
    const broken = { 'himaya.command.name': 'Break', 'error.type': 'definition-broken' };
    find('himaya.execute', broken);
    find('himaya.command.duration', broken);
    find('himaya.execute', { 'himaya.command.name': 'unknown' });
  });
});
