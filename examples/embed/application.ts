// A host application, as small as it may be: commands over HTTP, workers beside it, an orderly end.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEngine, type Actor, type Alert, type Engine } from '@himaya/engine';
import type { Command, Outcome } from '@himaya/engine';
import { isFault } from '@himaya/event-store';
import { openSqliteReadStore, openSqliteStore } from '@himaya/event-store-sqlite';
import { caseTypes, policies, work } from '@himaya/family-protection';

/** What the host brings: a file, a port, its sign-on, and someone to be told. */
export interface Office {
  readonly path: string;
  readonly port: number;
  /** The member of staff behind a token, as the host's own sign-on knows them. */
  readonly whoIs: (token: string) => Actor | undefined;
  readonly onAlert: (alert: Alert) => void;
  readonly onFault: (fault: unknown) => void;
}

/** Where it listens, and how it ends. */
export interface Running {
  readonly url: string;
  close(): Promise<void>;
}

const BODY_BYTES_MAX = 256 * 1024;
const STATUS = { accepted: 200, refused: 422, conflict: 409 } as const;

/** Starts the office. It runs until `close` is called. */
export async function startOffice(office: Office): Promise<Running> {
  // #region engine
  const store = openSqliteStore({ path: office.path });
  const engine = createEngine({
    store,
    caseTypes,
    policies,
    office: 'MUH-FCP',
    writer: 'desk1', // one name for each process: its audit stream is audit-desk1-<date>
    authenticate: (token) => (typeof token === 'string' ? office.whoIs(token) : undefined),
    onAlert: office.onAlert,
  });
  // #endregion
  // #region workers
  const readStore = openSqliteReadStore({ path: `${office.path}.read` });
  const stop = new AbortController();
  const working = engine.runWorkers({ readStore, projections: [work], signal: stop.signal });
  // #endregion
  const server = commandServer(engine, office);
  await new Promise<void>((resolve) => server.listen(office.port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    // #region close
    close: async () => {
      await new Promise((resolve) => server.close(resolve)); // finishes what is in hand
      stop.abort();
      await working; // what is in hand is finished, leases are given back
      await readStore.close();
      await store.close();
    },
    // #endregion
  };
}

// #region http
function commandServer(engine: Engine, office: Office): Server {
  return createServer(async (request, response) => {
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
      response.end(JSON.stringify(body));
    };
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    try {
      const command = await readJson(request);
      if (command === undefined) return answer(400, { error: 'The body is not JSON.' });
      // Anything may arrive: the engine checks the shape before it does anything else.
      const outcome = await engine.execute(command as Command, token);
      answer(STATUS[outcome.kind], shown(outcome));
    } catch (fault) {
      // Nobody can tell whether it was recorded: the client sends the same command again.
      office.onFault(fault);
      const error = isFault(fault) ? fault.code : 'internal';
      answer(503, { error, todo: 'Send the same command, with the same id, again.' });
    }
  });
}
// #endregion

// #region shown
/** What a client is told. Events and the case hold what not everyone may see: they stay here. */
function shown(outcome: Outcome): unknown {
  if (outcome.kind !== 'accepted') return outcome; // a refusal holds only what its rules disclose
  const { caseId, position, states } = outcome.case;
  return { kind: outcome.kind, caseId, position, states };
}
// #endregion

/** The body as JSON; `undefined` when it is none, or too long. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= BODY_BYTES_MAX) chunks.push(chunk);
  }
  if (bytes > BODY_BYTES_MAX) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
