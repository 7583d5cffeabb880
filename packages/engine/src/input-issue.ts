// What is wrong with an input, one line per problem and in both languages.
import type { z } from 'zod';
import type { Text } from './text.ts';

type ZodIssue = z.core.$ZodIssue;

/** Problems named at most: an input may be wrong in a million places. */
const ISSUES_MAX = 20;
/** Longest path and longest problem in a line: both may quote what the caller sent. */
const ISSUE_CHARS_MAX = 100;

/** One problem as a line: `path: problem`. */
export function issueLine(path: string, { en, ar }: Text): Text {
  const line = (problem: string): string =>
    path === '' ? cut(problem) : `${cut(path)}: ${cut(problem)}`;
  return { en: line(en), ar: line(ar) };
}

function cut(line: string): string {
  return line.length > ISSUE_CHARS_MAX ? `${line.slice(0, ISSUE_CHARS_MAX)}…` : line;
}

/** The problems of an input, each with its path. */
export function issuesOf(error: z.ZodError): readonly Text[] {
  const named = error.issues
    .slice(0, ISSUES_MAX)
    .map((issue) =>
      issueLine(issue.path.map(String).join('.'), { en: issue.message, ar: inArabic(issue) }),
    );
  const more = error.issues.length - named.length;
  return more > 0 ? [...named, { en: `and ${more} more`, ar: `و${more} غيرها` }] : named;
}

/** The message of an issue, by its code: zod and the schemas write theirs in English. */
function inArabic(issue: ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type': {
      const kind = KINDS[issue.expected] ?? issue.expected;
      // The input itself is not in the issue: it could be quoted where it must not be seen.
      const isMissing = issue.message.endsWith('received undefined');
      return isMissing ? `ناقص؛ المطلوب ${kind}` : `المطلوب ${kind}`;
    }
    case 'invalid_value':
      return `المطلوب ${issue.values.map(String).join(' أو ')}`;
    case 'unrecognized_keys':
      return `حقول غير معروفة: ${issue.keys.join('، ')}`;
    case 'too_small':
      return `أقل مما يلزم؛ الأدنى ${issue.minimum}${unitOf(issue.origin)}`;
    case 'too_big':
      return `أكثر مما يجوز؛ الأقصى ${issue.maximum}${unitOf(issue.origin)}`;
    case 'not_multiple_of':
      return `ليس من مضاعفات ${issue.divisor}`;
    case 'invalid_union':
      return 'لا يطابق أي صيغة ممكنة';
    case 'invalid_key':
    case 'invalid_element':
      return 'فيه عنصر غير صالح';
    default:
      return OWN.get(issue.message) ?? 'قيمة غير صالحة';
  }
}

/** What is counted, beside the number: Arabic would need another plural for each number. */
function unitOf(origin: string): string {
  if (origin === 'string') return ' (عدد الحروف)';
  return origin === 'array' || origin === 'set' ? ' (عدد العناصر)' : '';
}

const KINDS: Readonly<Record<string, string>> = {
  array: 'قائمة',
  boolean: 'true أو false',
  int: 'عدد صحيح',
  null: 'null',
  number: 'عدد',
  object: 'حقول',
  record: 'حقول',
  string: 'نص',
};

/** What the schemas of the envelope say themselves. */
export const ISSUE = {
  halfCharacter: { en: 'half of a surrogate pair', ar: 'نصف حرف لا يمكن تسجيله' },
  noCaseId: { en: 'no case id', ar: 'ليس رقم قضية' },
  noInstant: {
    en: 'no instant with a zone, as 2027-05-09T09:00:00Z',
    ar: 'ليس وقتا مع منطقته الزمنية، مثل 2027-05-09T09:00:00Z',
  },
  noUlid: {
    en: 'no ULID (26 characters of Crockford base32)',
    ar: 'ليس ULID (26 حرفا من Crockford base32)',
  },
} as const satisfies Readonly<Record<string, Text>>;

const OWN: ReadonlyMap<string, string> = new Map(
  Object.values(ISSUE).map(({ en, ar }) => [en, ar]),
);
