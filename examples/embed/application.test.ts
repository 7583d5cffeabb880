// The host application from outside: commands over HTTP, retries, refusals, and a restart.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyStore } from '@himaya/event-store';
import { openSqliteStore } from '@himaya/event-store-sqlite';
import { ulid } from 'ulid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startOffice, type Running } from './application.ts';

const actors = {
  'token-cp': { staff: 'cp1', role: 'CP', office: 'MUH-FCP' },
  'token-rcp': { staff: 'rcp1', role: 'RCP', office: 'MUH-FCP' },
};
const caseType = 'community.parkingDispute';
const complaint = {
  complaintNo: 'C-1',
  subType: 'alley',
  place: 'alley-12',
  block: '215',
  publicImpact: 'neighbourhood',
  narrative: 'CANARY the neighbour at number 9',
};
const folder = mkdtempSync(join(tmpdir(), 'himaya-embed-'));
const faults: unknown[] = [];
let path = '';
let running: Running;

async function start(): Promise<Running> {
  return startOffice({
    path,
    port: 0,
    whoIs: (token) => actors[token as keyof typeof actors],
    onAlert: (alert) => faults.push(alert),
    onFault: (fault) => faults.push(fault),
  });
}

async function send(body: string | object, token = 'token-cp') {
  const response = await fetch(running.url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

beforeEach(async () => {
  path = join(mkdtempSync(join(folder, 'run-')), 'cases.db');
  faults.length = 0;
  running = await start();
});
afterEach(async () => {
  await running.close();
  expect(faults).toEqual([]);
});
afterEach(() => rmSync(path, { force: true }));

describe('an embedding application', () => {
  it('given a complaint › answers where the case stands and nothing that was told', async () => {
    const command = { id: ulid(), name: 'RegisterComplaint', caseType, input: complaint };
    const { status, body } = await send(command);
    expect([status, body['kind']]).toEqual([200, 'accepted']);
    expect(JSON.stringify(body)).not.toContain('CANARY');
  });

  it('given the same command again, after a restart › answers the same case', async () => {
    const command = { id: ulid(), name: 'RegisterComplaint', caseType, input: complaint };
    const first = await send(command);
    await running.close();
    running = await start();
    expect(await send(command)).toEqual(first);
  });

  it.each([
    ['no JSON', '{', 400],
    ['too much', JSON.stringify({ text: 'x'.repeat(300_000) }), 400],
    ['no command', '[]', 422],
  ])('given %s › says so and goes on', async (_, text, status) => {
    expect((await send(text)).status).toBe(status);
  });

  it('given an unknown sender or a wrong input › refuses with codes and both languages', async () => {
    const register = { id: ulid(), name: 'RegisterComplaint', caseType, input: complaint };
    const codes = ({ body }: Awaited<ReturnType<typeof send>>) =>
      (body['violations'] as { code: string; text: { ar: string } }[]).map(({ code }) => code);
    expect(codes(await send(register, 'nobody'))).toEqual(['AUTHENTICATION_FAILED']);
    expect(codes(await send({ ...register, input: {} }))).toEqual(['INPUT_INVALID']);
    expect(codes(await send(register, 'token-rcp'))).toEqual(['NOT_PERMITTED']);
  });

  it('when it has been closed › leaves a store that verifies, with its refusals kept', async () => {
    await send({ id: ulid(), name: 'RegisterComplaint', caseType, input: complaint });
    await send({ id: ulid(), name: 'RegisterComplaint', caseType, input: complaint }, 'token-rcp');
    await running.close();
    const store = openSqliteStore({ path, readOnly: true });
    expect(await verifyStore(store)).toEqual({ entries: 4, streams: 2, root: expect.anything() });
    await store.close();
    running = await start();
  });
});
