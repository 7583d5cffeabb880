// Problems of an input in both languages: every kind of issue has its Arabic, and none is English.
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commandSchema } from '../src/command.ts';
import { issuesOf } from '../src/input-issue.ts';

const schema = z.strictObject({
  name: z.string().min(2).max(5),
  count: z.int().min(1).max(9).multipleOf(3),
  flags: z.array(z.boolean()).min(1).max(2),
  kind: z.enum(['alley', 'garage']),
  place: z.object({ block: z.string() }),
  either: z.union([z.string(), z.number()]),
  code: z.string().regex(/^x/),
  table: z.record(z.string().max(2), z.number()),
  checked: z.number().refine((value) => value > 5, 'more than five'),
});
const good = {
  name: 'abc', count: 3, flags: [true], kind: 'alley', place: { block: 'b' }, either: 1,
  code: 'xy', table: { a: 1 }, checked: 7,
};

function arabicOf(input: unknown): readonly string[] {
  const parsed = z.safeParse(schema, input);
  return parsed.success ? [] : issuesOf(parsed.error).map(({ ar }) => ar);
}

describe('issuesOf', () => {
  it.each<[what: string, change: Readonly<Record<string, unknown>>, arabic: string]>([
    ['a missing field', { name: undefined }, 'name: ناقص؛ المطلوب نص'],
    ['another kind', { count: 'x' }, 'count: المطلوب عدد'],
    ['no list', { flags: 1 }, 'flags: المطلوب قائمة'],
    ['no boolean', { flags: [1] }, 'flags.0: المطلوب true أو false'],
    ['no object', { place: 1 }, 'place: المطلوب حقول'],
    ['a field of a field', { place: {} }, 'place.block: ناقص؛ المطلوب نص'],
    ['no known word', { kind: 'x' }, 'kind: المطلوب alley أو garage'],
    ['too short', { name: 'a' }, 'name: أقل مما يلزم؛ الأدنى 2 (عدد الحروف)'],
    ['too long', { name: 'abcdef' }, 'name: أكثر مما يجوز؛ الأقصى 5 (عدد الحروف)'],
    ['too few', { flags: [] }, 'flags: أقل مما يلزم؛ الأدنى 1 (عدد العناصر)'],
    ['too small', { count: 0 }, 'count: أقل مما يلزم؛ الأدنى 1'],
    ['too big', { count: 12 }, 'count: أكثر مما يجوز؛ الأقصى 9'],
    ['no multiple', { count: 4 }, 'count: ليس من مضاعفات 3'],
    ['an unknown field', { colour: 1 }, 'حقول غير معروفة: colour'],
    ['no form of several', { either: true }, 'either: لا يطابق أي صيغة ممكنة'],
    ['another format', { code: 'y' }, 'code: قيمة غير صالحة'],
    ['a wrong key', { table: { long: 1 } }, 'table.long: فيه عنصر غير صالح'],
    ['what a schema refuses itself', { checked: 1 }, 'checked: قيمة غير صالحة'],
  ])('%s › is said in Arabic', (_, change, arabic) => {
    expect(arabicOf({ ...good, ...change })).toEqual([arabic]);
  });

  it('the envelope of a command › says its own in Arabic, too', () => {
    const parsed = z.safeParse(commandSchema, {
      id: 'x', name: '\ud800', caseId: '/', input: {}, occurredAt: 'noon',
    });
    expect(parsed.success ? [] : issuesOf(parsed.error)).toEqual([
      { en: expect.stringContaining('id: no ULID'), ar: expect.stringContaining('id: ليس ULID') },
      { en: 'name: half of a surrogate pair', ar: 'name: نصف حرف لا يمكن تسجيله' },
      { en: 'caseId: no case id', ar: 'caseId: ليس رقم قضية' },
      {
        en: 'occurredAt: no instant with a zone, as 2027-05-09T09:00:00Z',
        ar: 'occurredAt: ليس وقتا مع منطقته الزمنية، مثل 2027-05-09T09:00:00Z',
      },
    ]);
  });
});
