// himaya chart: the procedure of a case type as a picture, as Mermaid, or as SCXML.
import { writeFile } from 'node:fs/promises';
import type { CaseType, CompiledPart } from '@himaya/engine';
import { drawChart, toMermaid, toScxml, toSvg } from '@himaya/statechart';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { cannotWrite, noCaseType, noPart, twoVersions } from '../mistakes.ts';
import { caseTypeWords } from '../picture/case-type-words.ts';
import { ruleNotes } from '../picture/rule-notes.ts';
import { pictureOf } from '../picture/sheet.ts';
import { versionDiff } from '../picture/version-diff.ts';
import type { Session } from '../session.ts';

/** What a chart can be written as. */
export const CHART_FORMATS = ['svg', 'mermaid', 'scxml'] as const;

/** Options of `himaya chart`. */
export interface ChartOptions {
  readonly format: (typeof CHART_FORMATS)[number];
  /** One kind of part, by itself. Without it, SCXML has the chart of the case alone. */
  readonly part?: string;
  /** Where to write; standard output without it. */
  readonly output?: string;
}

/** Writes the charts of a case type. A file that is there already is left as it is. */
export async function showChart(
  session: Session,
  name: string,
  { format, part: kind, output }: ChartOptions,
): Promise<ExitCode> {
  const caseType = caseTypeNamed(session, name);
  const part = kind === undefined ? undefined : partNamed(caseType, kind);
  const text = await written(session, caseType, part, format);
  if (output === undefined) {
    await session.out.raw(text);
    return EXIT.ok;
  }
  try {
    await writeFile(output, text, { flag: 'wx' });
  } catch (error) {
    throw cannotWrite(output, (error as { readonly code?: string }).code);
  }
  return EXIT.ok;
}

/** Shows what differs between two versions of a case type; that something does is nothing wrong. */
export async function showVersionDiff(
  session: Session,
  name: string,
  versions: readonly string[],
): Promise<ExitCode> {
  const { out, speech } = session;
  if (versions.length !== 2) throw twoVersions(versions);
  const [was, is] = versions.map((version) => caseTypeNamed(session, `${name}@${version}`));
  const sections = was && is ? versionDiff(was, is, speech) : [];
  const { green, red, yellow, bold } = out.colours;
  const paint = { '+': green, '−': red, '~': yellow };
  if (sections.length === 0) await out.line(speech.say('sameProcedure'));
  for (const { title, lines } of sections) {
    await out.line(bold(title));
    for (const { sign, text } of lines) await out.line(paint[sign](`${sign} ${text}`), 2);
  }
  return EXIT.ok;
}

async function written(
  { speech }: Session,
  caseType: CaseType,
  part: CompiledPart | undefined,
  format: ChartOptions['format'],
): Promise<string> {
  if (format === 'svg') return toSvg(await pictureOf(caseType, speech, part));
  const { structure } = (part ?? caseType).chart;
  if (format === 'scxml') return toScxml(structure, caseTypeWords(caseType, part, speech));
  const shown = part ? [part] : [undefined, ...Object.values(caseType.parts)];
  const drawings = shown.map((one) =>
    drawChart((one ?? caseType).chart.structure, caseTypeWords(caseType, one, speech)),
  );
  const { events, rules } = ruleNotes(caseType, speech);
  return toMermaid(drawings, [...events, ...rules]);
}

/** By its name alone: the newest version that is at hand. With `@1.0.0`: that one. */
export function caseTypeNamed({ definitions: { caseTypes } }: Session, name: string): CaseType {
  const found = caseTypes.filter((one) => [one.name, nameOf(one)].includes(name));
  const [newest] = found.sort((a, b) => byVersion(b.version, a.version));
  if (newest) return newest;
  throw noCaseType(name, caseTypes.map((one) => nameOf(one)));
}

function nameOf({ name, version }: CaseType): string {
  return `${name}@${version}`;
}

function byVersion(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  const differing = left?.findIndex((number, at) => number !== right?.[at]) ?? -1;
  return differing < 0 ? 0 : (left?.[differing] ?? 0) - (right?.[differing] ?? 0);
}

function partNamed(caseType: CaseType, kind: string): CompiledPart {
  const part = Object.hasOwn(caseType.parts, kind) ? caseType.parts[kind] : undefined;
  if (part) return part;
  throw noPart(kind, nameOf(caseType), Object.keys(caseType.parts));
}
