// The processes of the chaos test: used for one seed after another until killed.
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { bundled } from '../process/script.ts';
import { STALL_MS, type Message, type Orders, type Said } from './orders.ts';

const PROGRAM = new URL('./process.ts', import.meta.url);
const TOLD_LINES_MAX = 8;
const TOLD_COLUMNS_MAX = 200;

interface Started {
  readonly child: ChildProcess;
  /** How it ended. */
  readonly end: Promise<number | string>;
}

/** A process that carries out orders. */
export class Member {
  readonly #child: ChildProcess;
  /** What it said last, for whoever looks for a reason. */
  readonly told: string[] = [];
  /** Resolves when it has opened its stores, or has ended. */
  readonly begun: Promise<unknown>;
  /** `'done'`, or how the process ended: a code, or the name of a signal. */
  readonly end: Promise<number | string>;

  constructor({ child, end }: Started, orders: Orders) {
    this.#child = child;
    const says = (word: Said): Promise<Said> =>
      new Promise((resolve) => {
        child.on('message', (said: Said) => said === word && resolve(said));
      });
    child.removeAllListeners('message').stderr?.removeAllListeners('data');
    this.end = Promise.race([says('done'), end]);
    this.begun = Promise.race([says('begun'), end]);
    void says('stalls').then(() => setTimeout(() => this.signal('SIGCONT'), STALL_MS));
    child.stderr?.on('data', (chunk: Buffer) => {
      const lines = chunk.toString().trimEnd().split('\n');
      this.told.push(...lines.map((line) => line.slice(0, TOLD_COLUMNS_MAX)));
      this.told.splice(0, this.told.length - TOLD_LINES_MAX);
    });
    this.#send({ kind: 'work', orders });
  }

  /** Asks it to finish what is in hand. */
  stop(): void {
    this.#send({ kind: 'stop' });
  }

  /** Sends a signal. */
  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Whoever was killed is told nothing. */
  #send(message: Message): void {
    this.#child.send(message, () => undefined);
  }
}

/** Processes that wait for orders, one of them started in advance. */
export class Crew {
  readonly #program: string;
  readonly #all = new Set<Started>();
  readonly #idle: Started[] = [];

  private constructor(program: string) {
    this.#program = program;
    this.#idle.push(this.#start());
  }

  /** The first of them is on its way. */
  static async assembled(): Promise<Crew> {
    return new Crew(await bundled(PROGRAM));
  }

  /** Gives a process its orders. */
  give(orders: Orders): Member {
    const started = this.#idle.shift() ?? this.#start();
    if (this.#idle.length === 0) this.#idle.push(this.#start());
    const member = new Member(started, orders);
    void member.end.then((end) => end === 'done' && this.#idle.unshift(started));
    return member;
  }

  /** Kills all of them. */
  async end(): Promise<void> {
    for (const { child } of this.#all) child.kill('SIGKILL');
    await Promise.all([...this.#all].map(({ end }) => end));
  }

  #start(): Started {
    const stdio: StdioOptions = ['ignore', 'ignore', 'pipe', 'ipc'];
    const child = spawn(process.execPath, [this.#program], { stdio });
    const end = new Promise<number | string>((resolve) => {
      child.once('exit', (code, signal) => resolve(signal ?? code ?? -1));
    });
    const started = { child, end };
    this.#all.add(started);
    void end.then(() => this.#all.delete(started));
    return started;
  }
}
