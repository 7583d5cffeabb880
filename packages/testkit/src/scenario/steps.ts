// Running one step of a scenario: what happens, and where it is not what the scenario expects.
import type { Text } from '@himaya/engine';
import {
  compareCodes,
  compareEvents,
  compareLook,
  listed,
  onlyThese,
  type Difference,
} from './compare.ts';
import type { AdvanceStep, CommandStep, ExpectedEvent, Look, ScenarioStep } from './format.ts';
import { both, joined, mistake, textOf } from './mistake.ts';
import type { Path } from './problem.ts';
import { resolveReferences } from './references.ts';
import type { StepOutcome, StepReport } from './report.ts';
import type { Given, News, World } from './world.ts';

/** What a step came to; `stop` when the steps after it can no longer be judged. */
export interface StepRun {
  readonly report: Omit<StepReport, 'number' | 'of' | 'line' | 'problems'>;
  readonly differences: readonly Difference[];
  readonly stop: boolean;
}

/** Runs a step. A fault of the engine or the store becomes a difference. */
export async function runStep(world: World, entry: ScenarioStep, path: Path): Promise<StepRun> {
  try {
    switch (entry.kind) {
      case 'command':
        return await runCommand(world, entry.step, path);
      case 'advance':
        return await runAdvance(world, entry.step, path);
      case 'observe': {
        const seen = await lookAt(world, entry.step.observe, entry.step.expect, path);
        const outcome = { kind: 'observed' } as const;
        return run(world, entry, outcome, NOTHING, seen);
      }
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const outcome = { kind: 'failed', message: textOf(message) } as const;
    const found = both(`a fault: ${message}`, `عطل: ${message}`);
    const what = { path, message: mistake(ANSWER, found) };
    return { ...run(world, entry, outcome, NOTHING, { differences: [what] }), stop: true };
  }
}

const ANSWER = both('the engine to answer', 'جواب من النظام');
const NOTHING: News = { own: [], byEngine: [] };

interface Seen {
  readonly name?: string;
  readonly look?: Awaited<ReturnType<World['look']>>;
  readonly differences: readonly Difference[];
}

function run(
  world: World,
  { kind, step }: ScenarioStep,
  outcome: StepOutcome,
  news: News,
  { name, look, differences }: Seen,
): StepRun {
  const given = kind === 'command' ? { by: step.by, actor: world.actor(step.by) } : {};
  return {
    report: {
      note: step.note,
      at: world.clock.at,
      ...given,
      ...(kind === 'command' ? { command: step.command } : {}),
      ...(name === undefined ? {} : { caseName: name }),
      ...(look ? { caseId: look.view.caseId, case: look.view } : {}),
      outcome,
      events: news.own,
      recorded: news.byEngine,
      armed: look?.armed ?? [],
    },
    differences,
    stop: false,
  };
}

async function runCommand(world: World, step: CommandStep, path: Path): Promise<StepRun> {
  if (step.at !== undefined) world.clock.advanceTo(step.at);
  const given = await world.give(step);
  const { outcome } = given;
  await world.engine.runReactions();
  let news = await world.news(given.commandId);
  const name = world.caseName(step.case);
  const expected = [...path, 'expect'];
  const differences = [
    ...compareOutcome(world, step, given, path),
    ...compareRecord(step, given, news, path),
  ];
  const differs = differences.length > 0;
  const look = name === undefined ? undefined : await world.look(name);
  if (look && outcome.kind === 'accepted' && step.preview !== true) {
    const missing = world.save(step, news.own, look.view);
    if (missing !== undefined) {
      const from = String(step.save?.[missing]);
      const what = both(`a value to save at ${from}`, `قيمة تحفظ من ${from}`);
      const message = mistake(what, both('nothing', 'لا شيء'));
      differences.push({ path: [...path, 'save', missing], message });
    }
    await world.meet(Object.keys(step.save ?? {}));
    const { byEngine } = await world.news(given.commandId);
    news = { own: news.own, byEngine: [...news.byEngine, ...byEngine] };
  }
  const expect = resolveReferences(step.expect ?? {}, world.saved);
  // A preview shows the case as it would be, though it stays as it is.
  const view = step.preview && outcome.kind === 'accepted' ? outcome.case : look?.view;
  if (!differs && view) differences.push(...compareLook(expect, view, expected));
  if (expect.recorded) {
    differences.push(...compareEvents(expect.recorded, news.byEngine, [...expected, 'recorded']));
  }
  const seen = { ...(name === undefined ? {} : { name }), look, differences };
  const done = run(world, { kind: 'command', step }, outcomeOf(outcome), news, seen);
  return {
    ...done,
    report: { ...done.report, input: given.input, ...(step.preview ? { preview: true } : {}) },
    stop: differs && wentAnotherWay(step, outcome),
  };
}

function outcomeOf(outcome: Given['outcome']): StepOutcome {
  if (outcome.kind === 'refused') return { kind: 'refused', violations: outcome.violations };
  if (outcome.kind === 'accepted') return { kind: 'accepted' };
  const { attempts } = outcome;
  const message = both(
    `it conflicted with another writer; attempts: ${attempts}`,
    `تعارض مع كاتب آخر؛ عدد المحاولات: ${attempts}`,
  );
  return { kind: 'failed', message };
}

/** That a preview records nothing, and a retry nothing more. */
function compareRecord(
  step: CommandStep,
  { outcome }: Given,
  { own, byEngine }: News,
  path: Path,
): readonly Difference[] {
  if (step.preview === true && own.length + byEngine.length > 0) {
    const what = both('a preview to record nothing', 'معاينة لا تسجل شيئا');
    return [{ path, message: mistake(what, typesOf([...own, ...byEngine])) }];
  }
  const isRepeated = outcome.kind === 'accepted' && 'repeated' in outcome && outcome.repeated;
  if (!isRepeated || own.length === 0) return [];
  const what = both('a retry to record nothing', 'إعادة لا تسجل شيئا');
  return [{ path, message: mistake(what, typesOf(own)) }];
}

function typesOf(events: readonly { readonly type: string }[]): string {
  return listed(events.map(({ type }) => type));
}

function wentAnotherWay({ expect }: CommandStep, outcome: Given['outcome']): boolean {
  return (expect?.refused === undefined ? 'accepted' : 'refused') !== outcome.kind;
}

function compareOutcome(
  world: World,
  step: CommandStep,
  { outcome, events }: Given,
  path: Path,
): readonly Difference[] {
  const { refused, accepted } = step.expect ?? {};
  if (outcome.kind === 'conflict') {
    const found = both('a conflict with another writer', 'تعارض مع كاتب آخر');
    return [{ path, message: mistake(both('an outcome', 'نتيجة'), found) }];
  }
  if (refused) {
    const at = [...path, 'expect', 'refused'];
    if (outcome.kind === 'refused') {
      return compareCodes(
        refused,
        outcome.violations.map(({ code }) => code),
        at,
      );
    }
    const types = typesOf(events);
    const found = both(`it accepted with ${types}`, `أنه قبل وسجل ${types}`);
    return [{ path: at, message: mistake(onlyThese(refused), found) }];
  }
  const at = accepted === undefined ? [...path, 'command'] : [...path, 'expect', 'accepted'];
  if (outcome.kind === 'refused') {
    const { en, ar } = reasons(outcome);
    const what = both(`${step.command} accepted`, `قبول ${step.command}`);
    return [{ path: at, message: mistake(what, both(`it refused: ${en}`, `أنه رفض: ${ar}`)) }];
  }
  if (accepted === undefined || accepted === 'any') return [];
  return compareEvents(resolveReferences(accepted as ExpectedEvent[], world.saved), events, at);
}

function reasons({ violations }: Extract<Given['outcome'], { kind: 'refused' }>): Text {
  const each = violations.map(({ code, detail }) => {
    const { issues } = detail ?? {};
    if (!Array.isArray(issues)) return code;
    const { en, ar } = joined(issues as readonly Text[], '; ', '؛ ');
    return both(`${code} (${en})`, `${code} (${ar})`);
  });
  return joined(each, ', ', '، ');
}

async function runAdvance(world: World, step: AdvanceStep, path: Path): Promise<StepRun> {
  world.clock.advanceTo(step.advanceTo);
  const done = await world.engine.runDeadlines();
  await world.engine.runReactions();
  const news = await world.news(undefined);
  const name = world.caseName(step.case);
  const seen = await lookAt(world, name, step.expect ?? {}, path);
  const mine = news.byEngine.filter(
    ({ stream }) => step.case === undefined || stream.endsWith(world.cases.get(step.case) ?? '\0'),
  );
  const expected = resolveReferences(step.expect?.recorded, world.saved);
  const differences = [
    ...seen.differences,
    ...(done.kind === 'suspended'
      ? [{ path, message: mistake(both('deadlines to run', 'حلول المهل'), done.reason) }]
      : []),
    ...(expected ? compareEvents(expected, mine, [...path, 'expect', 'recorded']) : []),
  ];
  const reached = done.kind === 'ran' ? done.reached : 0;
  const entry: ScenarioStep = { kind: 'advance', step };
  return run(world, entry, { kind: 'advanced', reached }, news, { ...seen, differences });
}

function caseCalled(name: string): Text {
  return both(`the case "${name}"`, `القضية "${name}"`);
}

async function lookAt(
  world: World,
  name: string | undefined,
  expect: Look,
  path: Path,
): Promise<Seen> {
  const look = name === undefined ? undefined : await world.look(name);
  if (name === undefined) return { differences: [] };
  if (!look) {
    const message = mistake(caseCalled(name), both('none', 'لا شيء'));
    return { name, differences: [{ path, message }] };
  }
  const resolved = resolveReferences(expect, world.saved);
  return { name, look, differences: compareLook(resolved, look.view, [...path, 'expect']) };
}
