// Text inside XML: whatever it holds, it stays text.

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** What no XML document may hold, not even escaped. */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;
/** Embeddings, overrides and isolates: they would turn around what follows them. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;

/** A text as it may stand in an element or an attribute. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(FORBIDDEN, '\ufffd')
    .replaceAll(TURNS, '')
    .replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/** ` name="value"` for each attribute that has a value. */
export function attributes(
  values: Readonly<Record<string, string | number | undefined>>,
): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');
}
