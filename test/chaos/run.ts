// One seed: processes at work, blows on the way, and what is wrong in the end.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createEngine } from '@himaya/engine';
import { openPostgresReadStore, openPostgresStore } from '@himaya/event-store-postgres';
import { asOwner, type TestServer } from '../../packages/event-store-postgres/test/server.ts';
import { isCaughtUp, isDue, logOf, wrongs } from './check.ts';
import type { Crew, Member } from './crew.ts';
import { caseTypes, policies } from './errand.ts';
import { clockOf, type Answer } from './orders.ts';
import { planOf, WORKERS, WRITERS, type Blow, type Plan, type WriterPlan } from './plan.ts';
import type { Way } from './way.ts';

/** What seeds share: the server, the way to it that is broken, and processes. */
export interface Arena {
  readonly server: TestServer & { readonly crash: () => Promise<void> };
  readonly way: Way;
  readonly crew: Crew;
  /** A folder for what writers are answered. */
  readonly folder: string;
}

/** What stands still for so long has settled, or never will: a machine may have much else to do. */
const STANDS_STILL_MS = 20_000;
const POLL_MS = 40;
/** Which of a process's successors makes which ids. */
const SUCCESSORS_MAX = 100;

/** Everything that is wrong after the plan of a seed was carried out; empty as it should be. */
export async function runSeed(seed: number, arena: Arena): Promise<readonly string[]> {
  const plan = planOf(seed);
  const { url } = arena.server;
  const schema = `chaos_${process.pid}_${seed}`;
  const places = { connection: url, busyTimeoutMs: 30_000, migrate: true };
  const store = await openPostgresStore({ ...places, schema });
  const readStore = await openPostgresReadStore({ ...places, schema: `${schema}_read` });
  const stage = new Stage(plan, arena, schema);
  try {
    await stage.begun();
    const blows = plan.blows.map((blow) => stage.strike(blow));
    await Promise.all(blows);
    await stage.written();
    let [length, sinceMs] = [0, performance.now()];
    while (performance.now() - sinceMs < STANDS_STILL_MS) {
      const log = await logOf(store);
      if (isDue(plan, log).length === 0 && (await isCaughtUp(store, readStore))) break;
      if (log.length > length) [length, sinceMs] = [log.length, performance.now()];
      await pause(POLL_MS);
    }
    const ends = await stage.end();
    const clock = clockOf(stage.beganMs, 0);
    const engine = createEngine({ store, caseTypes, policies, office: 'TST', clock });
    const found = await wrongs(plan, stage.answers(), { store, readStore, engine });
    const all = [...ends, ...found];
    return all.length > 0 ? [...all, ...stage.told()] : [];
  } finally {
    await readStore.close();
    await store.close();
    await asOwner(url, `DROP SCHEMA ${schema} CASCADE; DROP SCHEMA ${schema}_read CASCADE`);
  }
}

/** The processes of one seed. */
class Stage {
  readonly beganMs = Date.now();
  readonly #plan: Plan;
  readonly #arena: Arena;
  readonly #schema: string;
  readonly #members: Member[] = [];
  #restarting: Promise<void> = Promise.resolve();
  readonly #told: string[] = [];
  #started = 0;

  constructor(plan: Plan, arena: Arena, schema: string) {
    this.#plan = plan;
    this.#arena = arena;
    this.#schema = schema;
    for (let place = 0; place < WRITERS + WORKERS; place += 1) this.#start(place);
  }

  /** Resolves when all are at work. */
  async begun(): Promise<void> {
    await Promise.all(this.#members.map(({ begun }) => begun));
  }

  /** Does what is planned when it is planned. */
  async strike({ atMs, what, victim, lastsMs }: Blow): Promise<void> {
    await pause(atMs);
    const { way, server } = this.#arena;
    const member = this.#members[victim] as Member;
    switch (what) {
      case 'kill':
        member.signal('SIGKILL');
        await member.end;
        if (this.#members[victim] === member) this.#start(victim);
        return;
      case 'freeze':
        member.signal('SIGSTOP');
        await pause(lastsMs);
        return member.signal('SIGCONT');
      case 'cut':
        return way.cut();
      case 'deafen':
        return way.deafen(lastsMs / 4);
      case 'crash':
        // One after the other: a server that comes up is not started once more.
        this.#restarting = this.#restarting.then(() => server.crash());
        return this.#restarting;
    }
  }

  /** Resolves when the writers have done what they had to. */
  async written(): Promise<void> {
    for (let place = 0; place < WRITERS; place += 1) {
      const end = await (this.#members[place] as Member).end;
      if (end !== 'done') this.#told.push(`writer ${place} ended with ${end}`);
    }
  }

  /** Ends the workers as one should; what is wrong with their end. */
  async end(): Promise<readonly string[]> {
    const workers = this.#members.slice(WRITERS);
    for (const worker of workers) worker.stop();
    const ends = await Promise.all(workers.map(({ end }) => end));
    return ends.flatMap((end) => (end === 'done' ? [] : [`a worker ended with ${end}`]));
  }

  /** What writers were answered, those that were killed included. */
  answers(): readonly Answer[] {
    return this.#plan.writers.flatMap((_, place) => this.#answersOf(place));
  }

  /** What processes said about what failed. */
  told(): readonly string[] {
    return [...this.#told, ...this.#members.flatMap(({ told }, at) =>
      told.map((line) => `process ${at} said: ${line}`))];
  }

  #start(place: number): void {
    const { seed, writers, skewsMs, stalls } = this.#plan;
    const url = new URL(this.#arena.server.url);
    url.port = String(this.#arena.way.port);
    const where = {
      connection: url.href,
      schema: this.#schema,
      beganMs: this.beganMs,
      skewMs: skewsMs[place] as number,
      stall: stalls[place] as number,
    };
    this.#started += 1;
    const plan = writers[place];
    this.#members[place] = this.#arena.crew.give(
      plan === undefined
        ? { ...where, role: 'worker' }
        : {
            ...where,
            role: 'writer',
            plan: this.#leftOf(plan, place),
            answers: this.#fileOf(place),
            seed: seed * SUCCESSORS_MAX + this.#started,
          },
    );
  }

  #leftOf({ lanes, tokens }: WriterPlan, place: number): WriterPlan {
    const done = new Set(
      this.#answersOf(place).map((one) => ('command' in one ? one.command : one.token)),
    );
    const left = tokens.filter(({ token }) => !done.has(token));
    return {
      lanes: lanes.map((lane) => lane.filter(({ id }) => !done.has(id))),
      // Of the one that was under way nobody knows whether it is recorded: it is not given again.
      tokens: this.#members[place] === undefined ? left : left.slice(1),
    };
  }

  #answersOf(place: number): readonly Answer[] {
    const file = this.#fileOf(place);
    // A last line that was cut off was answered to nobody.
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
    return lines.map((line) => JSON.parse(line) as Answer);
  }

  #fileOf(place: number): string {
    return join(this.#arena.folder, `${this.#schema}.${place}.jsonl`);
  }
}
