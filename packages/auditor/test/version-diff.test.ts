// himaya chart --diff: what a new version of a procedure changes, in both languages.
import type { CaseType } from '@himaya/engine';
import { caseTypes, policies } from '@himaya/family-protection';
import type { ChartStructure, NodeStructure } from '@himaya/statechart';
import { describe, expect, test } from 'vitest';
import { himaya } from './command-line.ts';

const DAY = 'facility.siteDay';
const day = caseTypes.find(({ name }) => name === DAY) as CaseType;
const booking = day.parts['booking'] as CaseType['parts'][string];

type Edit = (node: NodeStructure) => NodeStructure;

/** A chart as it would be with some of its states written in another way. */
function edited<Of extends { readonly chart: { readonly structure: ChartStructure } }>(
  of: Of,
  edit: Edit,
): Of {
  const { structure } = of.chart;
  const changed = { ...structure, nodes: structure.nodes.map(edit) };
  return { ...of, chart: { ...of.chart, structure: changed } };
}

const withBooking = (edit: Edit): Partial<CaseType> => ({
  parts: { ...day.parts, booking: edited(booking, edit) },
});

async function diff(over: Partial<CaseType>, ...argv: readonly string[]) {
  const next = { ...day, ...over, version: '1.1.0' };
  const definitions = { caseTypes: [day, next], policies };
  const versions = argv.length > 0 ? argv : ['1.0.0', '1.1.0'];
  return Promise.all(
    ['en', 'ar'].map((lang) =>
      himaya(['chart', DAY, '--lang', lang, '--diff', ...versions], { definitions }),
    ),
  );
}

const LEFT_OUT: Edit = (node) => ({
  ...node,
  transitions: node.transitions.filter(({ event }) => event !== 'BookingCancelled'),
});

describe('himaya chart --diff', () => {
  test('of the same procedure › says so', async () => {
    const [en, ar] = await diff({});
    expect([en?.code, en?.out]).toEqual([0, 'Both versions have the same charts and rules.\n']);
    expect([ar?.code, ar?.out]).toEqual([0, 'للإصدارين الرسوم والقواعد نفسها.\n']);
  });

  test('of a part that lost a way out › names each transition that is gone', async () => {
    const [en, ar] = await diff(withBooking(LEFT_OUT));
    const lines = en?.out.split('\n').filter((line) => line !== '') ?? [];
    expect(lines[0]).toBe('Booking');
    expect(lines.length).toBeGreaterThan(1);
    const gone = /^ {2}− \w+: Booking cancelled.* → Cancelled$/;
    for (const line of lines.slice(1)) expect(line).toMatch(gone);
    expect(ar?.out.split('\n')).toHaveLength(lines.length + 1);
    const [back] = await diff(withBooking(LEFT_OUT), '1.1.0', '1.0.0');
    expect(back?.out).toBe(en?.out.replaceAll('  − ', '  + '));
  });

  test('of a state with another tag › says what of it changed', async () => {
    const tagged: Edit = (node) =>
      node.path === 'confirmed' ? { ...node, tags: [...node.tags, 'late'] } : node;
    const [en, ar] = await diff(withBooking(tagged));
    expect(en?.out).toBe('Booking\n  ~ state Confirmed (confirmed): its tags\n');
    expect(ar?.out).toMatch(/ {2}~ الحالة .+ \(confirmed\): وسومها\n/);
  });

  test('of a rule that is not asked any more › names the event and the rule', async () => {
    const { ArrivalRegistered: gone, ...requires } = day.requires;
    expect(gone).toBeDefined();
    const [en, ar] = await diff({ requires });
    const [title, ...lines] = en?.out.trimEnd().split('\n') ?? [];
    expect(title).toBe('Rules that events must satisfy');
    expect(lines.length).toBeGreaterThan(2);
    for (const line of lines) expect(line).toMatch(/^ {2}− .+: .+ \([A-Z_]+\)$/);
    expect(ar?.out).toContain('القواعد التي تستوفيها الأحداث\n');
  });

  test('of a part that is new › names it once', async () => {
    const { booking: _left, ...parts } = day.parts;
    const [en] = await diff({ parts }, '1.1.0', '1.0.0');
    expect(en?.out).toBe('Booking\n  + the whole part\n');
  });

  test.each([
    [['1.0.0'], '--diff takes two versions, as 1.0.0 1.1.0; found "1.0.0".'],
    [['1.0.0', '1.1.0', '2.0.0'], 'found "1.0.0", "1.1.0", "2.0.0".'],
    [['1.0.0', '9.9.9'], `no case type "${DAY}@9.9.9"; there are ${DAY}@1.0.0, ${DAY}@1.1.0.`],
  ])('with %j › ends with 2 and says what is needed', async (versions, message) => {
    const [en, ar] = await diff({}, ...versions);
    expect([en?.code, en?.out, en?.err.includes(message)]).toEqual([2, '', true]);
    expect([ar?.code, ar?.out]).toEqual([2, '']);
  });
});
