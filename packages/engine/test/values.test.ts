// Instants, calendars, policies, sensitive fields and derived ids: the plain values of the engine.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  calendarOf,
  definePolicy,
  deriveId,
  hasElapsed,
  instant,
  parseInstant,
  policyReader,
  redact,
  sensitive,
  sensitiveFields,
  unsourcedValues,
  WEEKDAYS,
} from '../src/index.ts';
import { policy } from './sample/matter.ts';

const bahrain = calendarOf({
  timeZone: 'Asia/Bahrain',
  utcOffsetMinutes: 180,
  weekend: ['friday', 'saturday'],
  holidays: ['2027-05-11'],
  workingHours: { from: '07:00', to: '14:15' },
});

describe('instants', () => {
  it('parseInstant › any zone and precision › becomes UTC with milliseconds', () => {
    expect(parseInstant('2027-05-09T09:00+03:00')).toBe('2027-05-09T06:00:00.000Z');
    expect(parseInstant('2027-05-09T09:00:00.123456Z')).toBe('2027-05-09T09:00:00.123Z');
    const wrong = [
      '2027-05-09',
      '2027-05-09T09:00:00',
      '2027-02-30T00:00:00Z',
      'now',
      '',
      '2027-05-09T25:00:00Z',
      '2027-13-01T00:00:00Z',
      '99999-01-01T00:00:00Z',
    ];
    for (const text of wrong) expect([text, parseInstant(text)]).toEqual([text, undefined]);
  });
});

describe('calendar', () => {
  it('add › working days › skips weekend and holidays and ends at closing time', () => {
    const sunday = instant('2027-05-09T09:00:00+03:00');
    expect(bahrain.add(sunday, { value: 1, unit: 'workingDays' })).toBe(
      '2027-05-10T11:15:00.000Z',
    );
    expect(bahrain.add(sunday, { value: 2, unit: 'workingDays' })).toBe(
      '2027-05-12T11:15:00.000Z',
    );
    expect(bahrain.add(sunday, { value: 4, unit: 'workingDays' })).toBe(
      '2027-05-16T11:15:00.000Z',
    );
  });

  it('add › near midnight › counts from the local date, not from UTC', () => {
    const lateSunday = instant('2027-05-09T23:30:00+03:00');
    const earlyMonday = instant('2027-05-10T00:30:00+03:00');
    const one = { value: 1, unit: 'workingDays' } as const;
    expect(bahrain.add(lateSunday, one)).toBe('2027-05-10T11:15:00.000Z');
    expect(bahrain.add(earlyMonday, one)).toBe('2027-05-12T11:15:00.000Z');
    expect(bahrain.localDate(earlyMonday)).toBe('2027-05-10');
    expect(bahrain.localText(lateSunday)).toBe('2027-05-09 23:30');
  });

  it.each([0, -1, 1.5, 2_001, Number.NaN])('add › %d working days › is a fault', (value) => {
    const add = () => bahrain.add(instant(`2027-05-09T06:00:00Z`), { value, unit: 'workingDays' });
    expect(add).toThrow(/working-days-invalid/);
  });

  it.each([
    ['utcOffsetMinutes', { utcOffsetMinutes: 15 * 60 }],
    ['weekend', { weekend: ['Friday'] }],
    ['weekend', { weekend: WEEKDAYS }],
    ['holidays', { holidays: ['2027-02-30'] }],
    ['holidays', { holidays: ['1 May'] }],
    ['workingHours', { workingHours: { from: '7:00', to: '14:15' } }],
    ['workingHours', { workingHours: { from: '15:00', to: '14:15' } }],
  ])('calendarOf › wrong %s › is refused with its name', (field, wrong) => {
    const sound = {
      timeZone: 'Asia/Bahrain',
      utcOffsetMinutes: 180,
      weekend: ['friday', 'saturday'],
      holidays: ['2028-02-29'],
      workingHours: { from: '07:00', to: '14:15' },
    } as const;
    expect(() => calendarOf(sound)).not.toThrow();
    const made = { ...sound, ...wrong } as never;
    expect(() => calendarOf(made)).toThrow(new RegExp(`calendar-invalid.*${field}`));
    const calendar = { ...(made as object), citation: null } as never;
    const { hash: _, ...spec } = policy;
    expect(() => definePolicy({ ...spec, calendar })).toThrow(new RegExp(field));
  });

  it('add › any count of working days › ends on a working day, and later for more', () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('2026-01-01'),
          max: new Date('2030-01-01'),
          noInvalidDate: true,
        }),
        fc.integer({ min: 1, max: 60 }),
        (date, value) => {
          const start = instant(date.toISOString());
          const end = bahrain.add(start, { value, unit: 'workingDays' });
          expect(bahrain.isWorkingDay(bahrain.localDate(end))).toBe(true);
          expect(end > start).toBe(true);
          expect(bahrain.add(start, { value: value + 1, unit: 'workingDays' }) > end).toBe(true);
        },
      ),
      { seed: 7, numRuns: 300 },
    );
  });

  it('hasElapsed › exactly the duration › has elapsed', () => {
    const start = instant('2027-05-09T09:00:00Z');
    const wait = { value: 48, unit: 'hours' } as const;
    expect(hasElapsed(bahrain, start, wait, instant('2027-05-11T08:59:59.999Z'))).toBe(false);
    expect(hasElapsed(bahrain, start, wait, instant('2027-05-11T09:00:00Z'))).toBe(true);
  });
});

describe('policy', () => {
  it('definePolicy › any change of a value › changes the hash', () => {
    const { hash, ...spec } = policy;
    expect(definePolicy(spec).hash).toBe(hash);
    const values = { ...spec.values, review: { ...spec.values['review'], value: 4 } as never };
    expect(definePolicy({ ...spec, values }).hash).not.toBe(hash);
    expect(unsourcedValues(policy)).toContain('review');
  });

  it('definePolicy › a duration that is no length › is refused by key', () => {
    const { hash: _, ...spec } = policy;
    const values = { ...spec.values, review: { ...spec.values['review'], value: -1 } as never };
    expect(() => definePolicy({ ...spec, values })).toThrow(/policy-invalid.*review/);
  });

  it('policyReader › a missing value or another kind › is a fault, and reads are reported', () => {
    const keys: string[] = [];
    const reader = policyReader(policy, (key) => keys.push(key));
    expect(reader.duration('coolingOff')).toEqual({ value: 48, unit: 'hours' });
    expect(() => reader.duration('askedMax')).toThrow(/policy-value-unreadable/);
    expect(() => reader.number('toString')).toThrow(/no such value/);
    expect(keys).toEqual(['coolingOff', 'askedMax']);
  });
});

describe('sensitive', () => {
  const schema = z.strictObject({
    partyId: z.string(),
    plate: sensitive(z.string(), { subject: 'partyId', class: 'personal' }),
    parties: z.array(
      z.strictObject({
        id: z.string(),
        name: sensitive(z.string(), { subject: 'id', class: 'critical' }),
      }),
    ),
    note: sensitive(z.string(), { subject: '#complainant', class: 'sensitive' }).optional(),
  });

  it('sensitiveFields › nested, listed, optional › are found with their marks', () => {
    expect([...sensitiveFields(schema)]).toEqual([
      ['plate', { subject: 'partyId', class: 'personal' }],
      ['parties[].name', { subject: 'id', class: 'critical' }],
      ['note', { subject: '#complainant', class: 'sensitive' }],
    ]);
  });

  it('redact › the marked fields › are replaced and nothing else', () => {
    const data = { partyId: 'p', plate: 'X', parties: [{ id: 'a', name: 'N' }], note: 'secret' };
    expect(redact(data, sensitiveFields(schema))).toEqual({
      partyId: 'p',
      plate: '«personal»',
      parties: [{ id: 'a', name: '«critical»' }],
      note: '«sensitive»',
    });
  });

  it('sensitive › a rule that reads the value › does not compile', () => {
    const data = schema.parse({ partyId: 'p', plate: 'X', parties: [] });
    // @ts-expect-error a sealed value has no string operations.
    expect(data.plate.length).toBe(1);
  });
});

describe('deriveId', () => {
  it('deriveId › equal parts › give the same ULID, other splits another', () => {
    expect(deriveId('a', 'b')).toBe(deriveId('a', 'b'));
    expect(deriveId('ab', '')).not.toBe(deriveId('a', 'b'));
    fc.assert(
      fc.property(fc.array(fc.string()), (parts) => {
        expect(deriveId(...parts)).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
      }),
      { seed: 3 },
    );
  });
});
