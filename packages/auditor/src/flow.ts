// Data on one line as a scenario writes it: `plate: 123456, parties: [A, B]`.

/** Texts that stand without quotes: nobody could take them for anything else. */
const PLAIN = /^[\p{L}\p{N}][\p{L}\p{N}_./:+@ -]*$/u;

/** The fields of a value, or the value itself. */
export function flow(value: unknown): string {
  return isFields(value) ? fieldsOf(value) : valueOf(value);
}

function fieldsOf(fields: Readonly<Record<string, unknown>>): string {
  return Object.entries(fields).map(([key, one]) => `${key}: ${valueOf(one)}`).join(', ');
}

function valueOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(valueOf).join(', ')}]`;
  if (isFields(value)) return `{ ${fieldsOf(value)} }`;
  if (typeof value !== 'string' || isReadOtherwise(value)) return JSON.stringify(value) ?? '';
  return value;
}

/** Whether YAML would read a text as something else, or stumble over it. */
function isReadOtherwise(text: string): boolean {
  const isOther = /^(?:true|false|null|yes|no|on|off)$/i.test(text) || !Number.isNaN(Number(text));
  return isOther || !PLAIN.test(text) || /: |[: ]$/.test(text);
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
