// What a definition must satisfy before it may run: every problem is named at once.
import { Fault } from '@himaya/event-store';
import { afterEvent } from '@himaya/statechart';
import { ENGINE_EVENTS } from './case-type.ts';
import type { CaseType } from './compiled.ts';
import { EMERGENCY_CATEGORIES } from './emergency-streams.ts';
import { rulesOf, type AnyRule } from './rule.ts';

type Definition = Omit<CaseType, 'structureHash'>;

/** @throws Fault `definition-invalid` naming every problem of a case type. */
export function checkDefinition(caseType: Definition, delays: readonly string[]): void {
  const problems = [
    ...checkNames(caseType),
    ...checkCommands(caseType),
    ...checkEmergency(caseType),
    ...checkParts(caseType),
    ...checkDeadlines(caseType, delays),
    ...checkTimers(caseType),
    ...checkFollowUps(caseType),
    ...checkRules(caseType),
  ];
  if (problems.length === 0) return;
  throw new Fault({
    code: 'definition-invalid',
    attempted: `Cannot define case type ${caseType.name}@${caseType.version}`,
    found: problems.join('; '),
    todo: 'Mend each of these in the definition',
    data: { problems },
  });
}

/** Categories of the engine's own streams. */
const OWN_CATEGORIES: readonly string[] = ['audit', 'checkpoint', ...EMERGENCY_CATEGORIES];

function checkNames(caseType: Definition): readonly string[] {
  const problems: string[] = [];
  if (!/^\d+\.\d+\.\d+$/.test(caseType.version)) problems.push('the version is no x.y.z');
  if (!/^[a-z][A-Za-z0-9]*$/.test(caseType.category)) {
    problems.push(`the category ${caseType.category} is no lowerCamel word`);
  }
  if (OWN_CATEGORIES.includes(caseType.category)) {
    problems.push(`the category ${caseType.category} is one that the engine writes itself`);
  }
  for (const name of Object.keys(caseType.events)) {
    if (!/^[A-Z][A-Za-z0-9]*$/.test(name)) problems.push(`event ${name} is not PascalCase`);
    if ((ENGINE_EVENTS as readonly string[]).includes(name)) {
      problems.push(`event ${name} belongs to the engine`);
    }
  }
  for (const name of Object.keys(caseType.requires)) {
    if (!caseType.events[name]) problems.push(`requires names ${name}, which is no event`);
  }
  if (caseType.chart.hasFinalRoot) {
    problems.push('the case chart can end; a closed case must still take emergencies');
  }
  return problems;
}

function checkCommands(caseType: Definition): readonly string[] {
  return Object.entries(caseType.commands).flatMap(([name, command]) => {
    const records = [command.records].flat();
    const problems = records
      .filter((event) => !caseType.events[event])
      .map((event) => `command ${name} records ${event}, which is no event`);
    if (records.length === 0) problems.push(`command ${name} records nothing`);
    if (records.length > 1 && !command.decide) {
      problems.push(`command ${name} may record several events and has no decide`);
    }
    if (command.emergency && command.polarity !== 'protective') {
      problems.push(`command ${name} is an emergency and not protective`);
    }
    if (command.emergency && (command.reads || command.facts)) {
      problems.push(`command ${name} is an emergency and waits for other streams or ports`);
    }
    if (command.keyedBy && (!command.opens || command.emergency)) {
      problems.push(`command ${name} is keyed by its input and opens no case, or is an emergency`);
    }
    if (command.part && !caseType.parts[command.part.kind]) {
      problems.push(`command ${name} is about part ${command.part.kind}, which is unknown`);
    }
    const { shape } = command.input.def as { readonly shape?: object };
    if (command.part && shape && !Object.hasOwn(shape, command.part.field)) {
      problems.push(`command ${name} has no input field ${command.part.field} for its part`);
    }
    return problems;
  });
}

/** The events that emergency commands record: nothing may stand in their way. */
export function emergencyEvents({ commands }: Pick<Definition, 'commands'>): ReadonlySet<string> {
  const known = emergencies.get(commands);
  if (known) return known;
  const emergency = Object.values(commands).filter((command) => command.emergency);
  const found = new Set(emergency.flatMap(({ records }) => [records].flat()));
  emergencies.set(commands, found);
  return found;
}

const emergencies = new WeakMap<object, ReadonlySet<string>>();

function checkEmergency(caseType: Definition): readonly string[] {
  return [...emergencyEvents(caseType)].flatMap((event) => {
    const problems: string[] = [];
    if (rulesOf(caseType.requires[event]).length > 0) {
      problems.push(`emergency event ${event} has rules in requires`);
    }
    for (const chart of [caseType.chart, ...Object.values(caseType.parts).map((p) => p.chart)]) {
      const heard = [event, `${event}.*`, '*'];
      for (const { source } of chart.ruleSites.filter((site) => heard.includes(site.eventType))) {
        problems.push(`emergency event ${event} has a rule in state ${source} of ${chart.id}`);
      }
    }
    const coverage = caseType.chart.covers(event);
    if (!coverage.covered) {
      const where = coverage.configurationExample.join(' + ');
      problems.push(`emergency event ${event} has no unguarded transition in ${where}`);
    }
    return problems;
  });
}

function checkParts(caseType: Definition): readonly string[] {
  return Object.entries(caseType.parts).flatMap(([kind, part]) => {
    const named = [...part.opens, ...part.on, ...(part.hears ?? [])];
    const problems = named
      .filter((event) => !caseType.events[event])
      .map((event) => `part ${kind} names ${event}, which is no event`);
    if (kind.includes('/')) problems.push(`part ${kind} has a slash in its name`);
    if (part.opens.length === 0) problems.push(`part ${kind} is never opened`);
    return problems;
  });
}

function checkDeadlines(caseType: Definition, delays: readonly string[]): readonly string[] {
  const known = (event: string): boolean =>
    event === 'CasePolicyMigrated' || caseType.events[event] !== undefined;
  const named = Object.entries(caseType.deadlines).flatMap(([name, deadline]) => {
    const events = [...deadline.armedBy, ...(deadline.movedBy ?? []), ...deadline.disarmedBy];
    const problems = events
      .filter((event) => !known(event))
      .map((event) => `deadline ${name} names ${event}, which is no event`);
    if (deadline.armedBy.length === 0) problems.push(`deadline ${name} is never armed`);
    if (deadline.part !== undefined && !caseType.parts[deadline.part]) {
      problems.push(`deadline ${name} belongs to part ${deadline.part}, which is unknown`);
    }
    return problems;
  });
  const unused = delays
    .filter((name) => !caseType.deadlines[name])
    .map((name) => `the delay ${name} is declared and is no deadline`);
  return [...named, ...checkCodes(caseType), ...checkAfters(caseType), ...unused];
}

/** What migrations say of deadlines must be something that these deadlines can do. */
function checkTimers({ migrations, deadlines }: Definition): readonly string[] {
  return Object.entries(migrations).flatMap(([version, { timers = {} }]) =>
    Object.entries(timers).flatMap(([name, policy]) => {
      const where = `the migration from ${version}`;
      const deadline = deadlines[name];
      if (!deadline) {
        return policy === 'drop' ? [] : [`${where} would ${policy} ${name}, which is no deadline`];
      }
      const isArmed = deadline.armedBy.includes('CasePolicyMigrated');
      if (policy === 'restart' && !isArmed) {
        return [`${where} would restart ${name}, which CasePolicyMigrated does not arm`];
      }
      return policy === 'drop' && isArmed
        ? [`${where} would drop ${name}, which CasePolicyMigrated arms`]
        : [];
    }),
  );
}

/** A deadline is known by its code and its part: two of one code could not be told apart. */
function checkCodes({ deadlines }: Definition): readonly string[] {
  const first = new Map<string, string>();
  return Object.entries(deadlines).flatMap(([name, { code }]) => {
    const other = first.get(code);
    if (other === undefined) first.set(code, name);
    return other === undefined ? [] : [`deadlines ${other} and ${name} share the code ${code}`];
  });
}

/** Reaching a deadline is delivered to the chart it belongs to; no other chart may wait for it. */
function checkAfters({ chart, parts, deadlines }: Definition): readonly string[] {
  const charts = [[undefined, chart] as const].concat(
    Object.entries(parts).map(([kind, part]) => [kind, part.chart] as const) as never,
  );
  return charts.flatMap(([kind, { eventTypes }]) =>
    eventTypes
      .filter((type) => type.startsWith(afterEvent('')))
      .map((type) => type.slice(afterEvent('').length))
      .flatMap((name) => {
        const deadline = deadlines[name];
        if (!deadline) return [`a state is left after ${name}, which is no deadline`];
        if (deadline.part === kind) return [];
        const owner = deadline.part === undefined ? 'the case' : `part ${deadline.part}`;
        const where = kind === undefined ? 'the case' : `part ${kind}`;
        return [`a state of ${where} is left after ${name}, which belongs to ${owner}`];
      }),
  );
}

/** What pins, moves or fails is no decision in the case: nothing is decided together with it. */
const WITHOUT_CONSEQUENCE = ['CaseOpened', 'CasePolicyMigrated', 'ConsequenceFailed'] as const;

function checkFollowUps(caseType: Definition): readonly string[] {
  const known = (event: string): boolean =>
    (ENGINE_EVENTS as readonly string[]).includes(event) || caseType.events[event] !== undefined;
  const strangers = [...caseType.consequences, ...caseType.reactions].flatMap(({ name, on }) =>
    on.filter((event) => !known(event)).map((event) => `${name} waits for ${event}, no event`),
  );
  const idle = caseType.consequences.flatMap(({ name, on }) =>
    on
      .filter((event) => (WITHOUT_CONSEQUENCE as readonly string[]).includes(event))
      .map((event) => `consequence ${name} waits for ${event}, which has none: use a reaction`),
  );
  // The id of a reaction's command is derived from its name: a second one would count as a retry.
  const twice = [caseType.consequences, caseType.reactions].flatMap((all) =>
    all
      .map(({ name }) => name)
      .filter((name, at, names) => names.indexOf(name) !== at)
      .map((name) => `two consequences or two reactions are called "${name}"`),
  );
  return [...strangers, ...idle, ...twice];
}

/** A rule that names its events reads their data: on another event it would judge what is not there. */
function checkRules(caseType: Definition): readonly string[] {
  const { chart, parts, requires, events } = caseType;
  const inCharts = [chart, ...Object.values(parts).map((part) => part.chart)].flatMap((one) =>
    one.ruleSites.map(({ rule, eventType }) => ({
      rule: (rule as unknown as { readonly rule: AnyRule }).rule,
      type: eventType,
    })),
  );
  const required = Object.entries(requires).flatMap(([type, guard]) =>
    rulesOf(guard).map((rule) => ({ rule, type })),
  );
  return [...required, ...inCharts]
    .filter(({ rule, type }) => events[type] && rule.events && !rule.events.includes(type))
    .map(({ rule, type }) => `rule ${rule.name} guards ${type}, which it cannot judge`);
}
