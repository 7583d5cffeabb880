// The values that a field is decided from.
import type { CaseType } from '../compiled.ts';
import type { Draft } from '../state.ts';
import type { Abstraction } from './abstraction.ts';
import { OTHER } from './deciding.ts';

/** What says from which values a field is decided. */
export interface Listing {
  readonly whole: CaseType;
  readonly abstraction: Abstraction;
  /** Kinds of kept parts by the fields of events that name them. */
  readonly idFields: ReadonlyMap<string, string>;
}

/** The values of a field: of ids of kept parts, those that there are, a new one, and any other. */
export function listedFor(
  path: string,
  { whole, abstraction, idFields }: Listing,
  draft: Draft | undefined,
): readonly unknown[] | 'any' | undefined {
  const { values } = abstraction;
  const field = path.slice(path.indexOf('.') + 1);
  const own = values[path] ?? values[field] ?? values[path.slice(path.lastIndexOf('.') + 1)];
  if (typeof own === 'function') return draft ? own(draft.chart.context) : undefined;
  if (own !== undefined) return own;
  const kind = idFields.get(field);
  if (kind === undefined || !draft) return undefined;
  const type = path.slice(0, path.indexOf('.'));
  const { opens, on } = whole.parts[kind] as CaseType['parts'][string];
  const known = [...draft.parts.values()].filter((part) => part.kind === kind);
  const ids = known.map(({ id }) => id).filter((id) => id !== OTHER);
  const { max = 0, others } = abstraction.parts[kind] ?? {};
  const told = others !== undefined;
  const isOpening = opens.includes(type);
  const fresh = isOpening && (told || ids.length < max) ? [`${kind}${ids.length + 1}`] : [];
  // One that is told apart begins as such: it is no other.
  const other = told && isOpening && !on.includes(type) ? [] : [OTHER];
  return [...(isOpening && !on.includes(type) ? [] : ids), ...fresh, ...other];
}
