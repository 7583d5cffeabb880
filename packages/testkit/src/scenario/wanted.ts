// What the format of scenarios asks of a text, in both languages: zod's messages have only one.
import type { Text } from '@himaya/engine';
import { both } from './mistake.ts';

/** What is expected of the texts of a scenario. */
export const WANTED = {
  code: both('the code of a rule', 'رمز قاعدة'),
  command: both('the name of a command', 'اسم أمر'),
  deadline: both(
    'an instant, "none", "pending" or "reached"',
    'وقت، أو "none" أو "pending" أو "reached"',
  ),
  instant: both(
    'an instant with a zone, as 2027-05-09T09:00:00+03:00',
    'وقت مع منطقته الزمنية، مثل 2027-05-09T09:00:00+03:00',
  ),
  name: both(
    'a name (letters, digits, - and _, beginning with a letter)',
    'اسم (حروف لاتينية وأرقام و - و _، أوله حرف)',
  ),
  oneOutcome: both('accepted or refused, and not both', 'accepted أو refused، وليس كلاهما'),
  part: both('kind/id', 'kind/id'),
} as const satisfies Readonly<Record<string, Text>>;

const BY_ENGLISH: ReadonlyMap<string, Text> = new Map(
  Object.values(WANTED).map((text) => [text.en, text]),
);

/** The text whose English is the message of a zod issue, if it is one of ours. */
export function wantedBy(message: string): Text | undefined {
  return BY_ENGLISH.get(message);
}
