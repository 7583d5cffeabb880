// himaya chart as people call it: what it writes where, and how it ends when it cannot.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { DOMParser } from '@xmldom/xmldom';
import { rulesOf, type CaseType } from '@himaya/engine';
import { caseTypes, policies } from '@himaya/family-protection';
import { transitionsOf } from '@himaya/statechart';
import { afterAll, describe, expect, test } from 'vitest';
import { himaya, scratch, type Called } from './command-line.ts';
import { seenIn } from './svg-picture.ts';

const folder = scratch();
afterAll(() => folder.remove());

const definitions = { caseTypes, policies };
const chart = (...argv: readonly string[]): Promise<Called> =>
  himaya(['chart', ...argv], { definitions });
const PARKING = 'community.parkingDispute';
const DAY = 'facility.siteDay';

describe('himaya chart', () => {
  test('of a case type › writes SVG in English by default, or what is asked for', async () => {
    const plain = await chart(DAY);
    expect([plain.code, plain.err]).toEqual([0, '']);
    expect(seenIn(plain.out).title).toBe('Day of a building (facility.siteDay@1.0.0)');
    expect((await chart(DAY, '--format', 'svg', '--lang', 'en')).out).toBe(plain.out);
    expect(seenIn((await chart(DAY, '--lang', 'ar')).out).direction).toBe('rtl');
    expect((await chart(DAY, '--format', 'mermaid')).out).toMatch(/^stateDiagram-v2\n/);
    expect((await chart(DAY, '--format', 'scxml')).out).toContain('<scxml xmlns=');
  });

  test('of one part › has that chart alone', async () => {
    const { out } = await chart(DAY, '--part', 'booking');
    expect(seenIn(out).charts.map(({ root }) => root.texts[0])).toEqual(['Booking']);
    const { out: mermaid } = await chart(DAY, '--part', 'booking', '--format', 'mermaid');
    expect(mermaid.match(/^state /gm)).toHaveLength(1);
    expect((await chart(DAY, '--format', 'mermaid')).out.match(/^state /gm)).toHaveLength(4);
  });

  test.each(caseTypes.map((one) => one.name))(
    'of %s as SCXML › has every state, transition and condition of each chart',
    async (name) => {
      const caseType = caseTypes.find((one) => one.name === name) as CaseType;
      for (const part of [undefined, ...Object.values(caseType.parts)]) {
        const { structure } = (part ?? caseType).chart;
        const only = part ? ['--part', part.kind] : [];
        const [en, ar] = await Promise.all(
          ['en', 'ar'].map((lang) => chart(name, '--format', 'scxml', '--lang', lang, ...only)),
        );
        for (const out of [en?.out ?? '', ar?.out ?? '']) {
          const states = ['state', 'parallel', 'final'].flatMap((kind) => attributesOf(out, kind));
          expect(states).toHaveLength(structure.nodes.length);
          const ids = new Set(states.map(({ id }) => id));
          for (const { path } of structure.nodes) expect(path === '' || ids.has(path)).toBe(true);
          const written = attributesOf(out, 'transition');
          const transitions = transitionsOf(structure);
          expect(written).toHaveLength(transitions.length);
          for (const { cond, target } of written) {
            expect(cond === undefined || /^\(?test\('[^']+'\)/.test(cond)).toBe(true);
            for (const id of target?.split(' ') ?? []) expect(ids.has(id)).toBe(true);
          }
          expect(written.filter(({ cond }) => cond !== undefined)).toHaveLength(
            transitions.filter(({ guard }) => guard !== null).length,
          );
        }
        expect(attributesOf(en?.out ?? '', 'transition').map(({ event }) => event)).toEqual(
          attributesOf(ar?.out ?? '', 'transition').map(({ event }) => event),
        );
      }
    },
  );

  test.each(caseTypes.map((one) => one.name))(
    'of %s as Mermaid › names every state, event and rule, in both languages',
    async (name) => {
      const { labels, requires } = caseTypes.find((one) => one.name === name) as CaseType;
      for (const language of ['en', 'ar'] as const) {
        const called = await chart(name, '--format', 'mermaid', '--lang', language);
        const text = decoded(called.out);
        for (const label of Object.values(labels.states)) expect(text).toContain(label[language]);
        for (const guard of Object.values(requires)) {
          for (const one of guard ? rulesTexts(guard) : []) expect(text).toContain(one[language]);
        }
        expect((await chart(name, '--format', 'mermaid', '--lang', language)).out).toBe(called.out);
        // Mermaid itself reads no more than 50,000 characters.
        expect(called.out.length).toBeLessThan(50_000);
      }
    },
  );

  test('with an output › writes the file, and nothing to standard output', async () => {
    const path = folder.path('day.svg');
    const { code, out, err } = await chart(DAY, '--output', path);
    expect([code, out, err]).toEqual([0, '', '']);
    expect(readFileSync(path, 'utf8')).toBe((await chart(DAY)).out);
  });

  test.each([
    ['en', 'it is there already; remove it, or name another one.'],
    ['ar', 'الملف موجود؛ احذفه أو اذكر ملفا آخر.'],
  ])('when the output is there already, in %s › leaves it as it is', async (language, message) => {
    const path = folder.path(`kept-${language}.db`);
    writeFileSync(path, 'a store, say');
    const { code, err } = await chart(DAY, '--output', path, '--lang', language);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
    expect(readFileSync(path, 'utf8')).toBe('a store, say');
  });

  test('when the output cannot be written › says why in one line', async () => {
    const missing = await chart(DAY, '--output', folder.path('none/day.svg'));
    const said = expect.stringMatching(/^himaya: cannot write .*: ENOENT\.\n$/);
    expect([missing.code, missing.err]).toEqual([2, said]);
    const directory = await chart(DAY, '--output', folder.path('.'));
    expect([directory.code, directory.err.split('\n')]).toEqual([2, [expect.any(String), '']]);
  });

  // Whoever may do everything is refused nothing.
  const isRoot = process.getuid?.() === 0;
  test.skipIf(isRoot)('without permission › says so (needs a user who is not root)', async () => {
    const closed = folder.path('closed');
    mkdirSync(closed, { mode: 0o555 });
    const { code, err } = await chart(DAY, '--output', `${closed}/day.svg`);
    expect([code, err]).toEqual([2, expect.stringContaining('EACCES')]);
  });

  test.each([
    ['en', ['nothing'], 'no case type "nothing"; there are community.parkingDispute@1.0.0, '],
    ['ar', ['nothing'], 'لا نوع قضية باسم "nothing"؛ الأنواع هي community.parkingDispute@1.0.0، '],
    ['en', [`${DAY}@9.9.9`], 'facility.siteDay@1.0.0.'],
    ['en', ['__proto__'], 'no case type "__proto__"'],
    ['en', [DAY, '--part', 'toString'], 'has no part "toString"; it has booking, arrival, breach.'],
    ['ar', [DAY, '--part', 'x'], 'لا عنصر باسم "x" في facility.siteDay@1.0.0؛ عناصره هي booking، '],
    ['en', ['family.person', '--part', 'x'], 'has no part "x"; it has none.'],
    ['en', [DAY, '--format', 'pdf'], 'Allowed choices are svg, mermaid, scxml;'],
    ['ar', [DAY, '--format', 'pdf'], 'وجد "pdf"؛ القيم هي svg، mermaid، scxml؛'],
    ['en', [], "missing required argument 'case-type'"],
  ])('in %s with %j › ends with 2 and says what there is', async (language, argv, message) => {
    const { code, out, err } = await chart(...argv, '--lang', language);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^himaya: [^\n]+\n$/);
    expect(err).toContain(message);
  });

  test('of several versions › takes the newest, or the one that is named', async () => {
    const day = caseTypes.find(({ name }) => name === DAY) as CaseType;
    const versions = ['1.9.0', '1.10.0', '1.2.0'].map((version) => ({ ...day, version }));
    const title = async (name: string): Promise<string> => {
      const known = { caseTypes: versions, policies };
      const called = await himaya(['chart', name], { definitions: known });
      return seenIn(called.out).title;
    };
    expect(await title(DAY)).toContain('@1.10.0');
    expect(await title(`${DAY}@1.2.0`)).toContain('@1.2.0');
  });

  test('on a terminal › writes the same file as into a pipe', async () => {
    const argv = ['chart', PARKING, '--format', 'scxml', '--lang', 'ar'];
    const { out } = await himaya(argv, { definitions, columns: 80 });
    expect(out).toBe((await himaya(argv, { definitions })).out);
  });
});

/** Attributes of every element with a name; a document that is not well-formed throws. */
function attributesOf(xml: string, name: string): readonly Record<string, string | undefined>[] {
  const onError = (_level: string, message: string): never => {
    throw new Error(message);
  };
  const document = new DOMParser({ onError }).parseFromString(xml, 'text/xml');
  return [...document.getElementsByTagName(name)].map((element) =>
    Object.fromEntries([...element.attributes].map((one) => [one.name, one.value])),
  );
}

/** Mermaid with its numbered signs as they are read. */
function decoded(text: string): string {
  return text.replaceAll(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

function rulesTexts(guard: NonNullable<CaseType['requires'][string]>) {
  return rulesOf(guard).map(({ text }) => text);
}
