// Where the command writes: lines for people or JSON for programs, at the pace of the reader.
import pc from 'picocolors';
import { hanging, isolated } from './layout.ts';

/** What is needed of a stream to write to. */
export interface Sink {
  write(text: string): boolean;
  once(event: 'drain', listener: () => void): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  /** The reader has gone: what is written now reaches nobody. */
  readonly isClosed?: boolean;
}

/** Columns of an output that is no terminal: nothing is broken there. */
const UNBOUNDED = 1_000_000;
const COLUMNS_MIN = 40;

/** Writes to one sink. Every call resolves when the reader can take more. */
export class Output {
  readonly #sink: Sink;
  readonly #beforeWrite: () => void;
  readonly isTerminal: boolean;
  readonly columns: number;
  readonly colours: ReturnType<typeof pc.createColors>;

  constructor(
    sink: Sink,
    environment: Readonly<Record<string, string | undefined>>,
    beforeWrite: () => void = () => {},
  ) {
    this.#sink = sink;
    this.#beforeWrite = beforeWrite;
    this.isTerminal = sink.isTTY === true;
    this.columns = this.isTerminal ? Math.max(COLUMNS_MIN, sink.columns || 80) : UNBOUNDED;
    this.colours = pc.createColors(isColoured(this.isTerminal, environment));
  }

  /** Whether nobody reads any more: what is left to write may be left out. */
  get isClosed(): boolean {
    return this.#sink.isClosed === true;
  }

  /** A text that keeps to its own direction on a terminal; elsewhere the text itself. */
  isolate(text: string): string {
    return this.isTerminal ? isolated(text) : text;
  }

  /** Writes one line, broken at the width of the terminal. */
  async line(text = '', indent = 0): Promise<void> {
    for (const line of hanging(text, this.columns, indent)) {
      const margin = /^ */.exec(line)?.[0] ?? '';
      await this.raw(`${margin}${this.isolate(line.slice(margin.length))}\n`);
    }
  }

  /** Writes one line that must stay whole, whatever the width of the terminal. */
  async whole(text: string, indent = 0): Promise<void> {
    await this.raw(`${' '.repeat(indent)}${this.isolate(text)}\n`);
  }

  /** Writes one JSON document on one line. */
  async json(value: unknown): Promise<void> {
    await this.raw(
      `${JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? String(one) : one))}\n`,
    );
  }

  /** Writes exactly this. */
  async raw(text: string): Promise<void> {
    this.#beforeWrite();
    if (this.isClosed || this.#sink.write(text)) return;
    await new Promise<void>((resolve) => this.#sink.once('drain', resolve));
  }
}

/** `NO_COLOR` wins over `FORCE_COLOR`, which wins over what the output is. */
function isColoured(
  isTerminal: boolean,
  { NO_COLOR, FORCE_COLOR, TERM }: Readonly<Record<string, string | undefined>>,
): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTerminal && TERM !== 'dumb';
}
