// Writes the pages of words: what a scenario about a case type may name, out of its definition.
import { ENGINE_VIOLATIONS, rulesOf, type CaseType } from '@himaya/engine';
import { z } from 'zod';

/** What refuses, as far as this page says it. */
interface Refusing {
  readonly code: string;
  readonly text: { readonly en: string };
}

interface Shape {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
}

const ABOUT = [
  'What a [scenario](../scenarios.md) about `NAME` may name. This page is written from the definition',
  'of the procedure; `HIMAYA_LOCK=add npm test -- test/scenarios/page.test.ts` writes it anew.',
  '[Words of the other procedures](../words.md).',
].join('\n');
const COMMANDS = [
  'After each command: who may give it (`CW*`: only one who is assigned to the case), and its',
  'fields. A field with `?` may be left out. `opens`: it opens a case when none is named.',
  '`emergency`: nothing stops it. A reference is letters, digits, `.`, `_` and `-`, no spaces.',
].join('\n');

const name = (text: { readonly en: string; readonly ar: string } | undefined): string =>
  text ? `${text.en} · ${text.ar}` : '';
const code = (words: Iterable<string>): string => [...words].map((one) => `\`${one}\``).join(' ');

function rows(header: string, body: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const columns = header.split(' | ').length;
  return [`| ${header} |`, `|${'---|'.repeat(columns)}`, ...body.map(line)].join('\n');
}

/** The page that links to all others, by the names of their case types. */
export function wordsIndex(caseTypes: readonly CaseType[]): string {
  const sections = [
    '# Words of the procedures',
    [
      'Which commands, fields, events, codes, states and deadlines a [scenario](scenarios.md) may name, by',
      'case type. Every page is written from the definition of its procedure.',
    ].join('\n'),
    rows(
      'case type | about | commands | codes',
      caseTypes.map((caseType) => {
        const { name: own, title, commands } = caseType;
        const page = `[${code([own])}](words/${own}.md)`;
        const counts = [Object.keys(commands).length, refusalsOf(caseType, []).length];
        return [page, name(title), ...counts.map(String)];
      }),
    ),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** The page of one case type, as Markdown. */
export function wordsPage(caseType: CaseType): string {
  const { labels } = caseType;
  const sections = [
    `# Words: ${name(caseType.title)}`,
    ABOUT.replace('NAME', `${caseType.name}@${caseType.version}`),
    `## Roles`,
    rows(
      'role | name',
      Object.entries(labels.roles).map(([role, text]) => [code([role]), name(text)]),
    ),
    `## Commands`,
    COMMANDS,
    ...Object.entries(caseType.commands).map(([command, spec]) =>
      commandText(command, name(labels.commands[command]), spec),
    ),
    `## Events`,
    rows(
      'event | name | fields',
      Object.entries(caseType.events).map(([event, schema]) => [
        code([event]),
        name(labels.events[event]),
        code(Object.keys(shapeOf(schema).properties ?? {})),
      ]),
    ),
    `## Codes of refusals`,
    rows(
      'code | what it says',
      refusalsOf(caseType).map(([one, text]) => [code([one]), text]),
    ),
    `## States`,
    `Of the case: ${code(statesOf(caseType.chart))}.`,
    ...Object.values(caseType.parts).map(
      ({ kind, chart }) => `Of a part \`${kind}/ID\`: ${code(statesOf(chart))}.`,
    ),
    `## What the case remembers (\`context\`)`,
    `${code(Object.keys(shapeOf(caseType.contextSchema).properties ?? {}))}.`,
    `## Deadlines`,
    Object.keys(caseType.deadlines).length === 0
      ? 'None.'
      : rows(
          'code | name | of a part',
          Object.values(caseType.deadlines).map((deadline) => [
            code([deadline.code]),
            name(labels.deadlines[deadline.code]),
            deadline.part === undefined ? '' : code([deadline.part]),
          ]),
        ),
  ];
  return `${sections.join('\n\n')}\n`;
}

function commandText(command: string, label: string, spec: CaseType['commands'][string]): string {
  const marks = [label, spec.opens ? '`opens`' : '', spec.emergency ? '`emergency`' : ''];
  const by = spec.by.map((grant) =>
    typeof grant === 'string' ? grant : `${grant.role}${grant.assigned ? '*' : ''}`,
  );
  return [
    `### ${command}`,
    marks.filter((one) => one !== '').join(' · '),
    `By ${code(by)}.`,
    fieldsOf(spec.input).join('\n') || 'No fields.',
  ].join('\n\n');
}

function shapeOf(schema: z.ZodType): Shape {
  const override = (context: { zodSchema: z.core.$ZodTypes; jsonSchema: object }): void => {
    // Only instants are texts that become something else.
    const { type } = context.zodSchema._zod.def;
    if (type === 'pipe') Object.assign(context.jsonSchema, { format: 'date-time' });
  };
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', override }) as Shape;
}

function fieldsOf(input: z.ZodType): readonly string[] {
  const { properties = {}, required = [] } = shapeOf(input);
  return Object.entries(properties).map(
    ([field, shape]) => `- \`${field}\`${required.includes(field) ? '' : '?'}: ${kindOf(shape)}`,
  );
}

/** What a field may hold, in a few words. */
function kindOf(shape: Shape): string {
  const { enum: words, const: only, anyOf, oneOf } = shape;
  if (words) return words.map((word) => `\`${String(word)}\``).join(', ');
  if (only !== undefined) return `\`${String(only)}\``;
  const branches = anyOf ?? oneOf;
  if (branches) return branches.map(kindOf).join(', or ');
  switch (shape.type) {
    case 'array':
      return `a list of ${shape.items ? kindOf(shape.items) : 'values'}`;
    case 'object': {
      const inner = Object.entries(shape.properties ?? {}).map(([field, one]) => {
        const often = shape.required?.includes(field) ? '' : '?';
        return `\`${field}\`${often} ${kindOf(one)}`;
      });
      return `{ ${inner.join('; ')} }`;
    }
    case 'string':
      if (shape.format === 'date-time') return 'an instant';
      if (shape.pattern === undefined) return 'text';
      return shape.pattern.includes('d{4}') ? 'a date, `1979-03-02`' : 'a reference';
    case 'integer':
      return 'a whole number';
    case 'number':
      return 'a number';
    case 'boolean':
      return '`true` or `false`';
    default:
      return 'a value';
  }
}

function statesOf(chart: CaseType['chart']): readonly string[] {
  return chart.structure.nodes.map(({ path }) => path).filter((path) => path !== '');
}

/** Codes with what they say, those of the engine included; several rules may share one. */
function refusalsOf(
  caseType: CaseType,
  ofEngine: readonly Refusing[] = Object.values(ENGINE_VIOLATIONS),
): readonly (readonly [string, string])[] {
  const rules = [
    ...Object.values(caseType.requires).flatMap((guard) => rulesOf(guard)),
    ...Object.values(caseType.commands).flatMap(({ duties }) => duties ?? []),
    ...caseType.invariants,
    ...ofEngine,
  ];
  const texts = new Map<string, Set<string>>();
  for (const rule of rules) {
    texts.set(rule.code, (texts.get(rule.code) ?? new Set()).add(rule.text.en));
  }
  const sorted = [...texts].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([one, said]) => [one, [...said].join(' ')]);
}
