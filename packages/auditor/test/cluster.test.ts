// A store on EventStoreDB (a protocol double): copied to and from, and asked what a file is asked.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testCertificates } from '../../event-store-eventstoredb/test/double/certificates.ts';
import { Double } from '../../event-store-eventstoredb/test/double/double.ts';
import { filledStore, himaya, scratch } from './command-line.ts';

const client = 'eventstore' as const;
const folder = scratch();
let store = '';
let caseId = '';
let cluster = '';
let double: Double;

beforeAll(async () => {
  ({ store, caseId } = await filledStore(folder.path('source.db')));
  double = await Double.start({ client });
  cluster = `esdb://127.0.0.1:${double.port}?tls=false&namespace=copied`;
});
afterAll(async () => {
  folder.remove();
  await double.stop();
});

async function json(...argv: readonly string[]): Promise<Record<string, unknown>> {
  const { out } = await himaya([...argv, '--json']);
  return JSON.parse(out) as Record<string, unknown>;
}

const rootOf = async (of: string) => (await json('verify', '--store', of))['root'];

describe('a store on EventStoreDB', () => {
  test('filled from a file › has its log, and gives it back', async () => {
    const argv = ['copy', '--from', store, '--to', cluster];
    expect(await json(...argv)).toMatchObject({ kind: 'copied', compared: 0 });
    expect(await json(...argv)).toMatchObject({ kind: 'copied', copied: 0 });
    expect(await rootOf(cluster)).toBe(await rootOf(store));
    const back = `sqlite:${folder.path('back.db')}`;
    expect(await json('copy', '--from', cluster, '--to', back)).toMatchObject({ kind: 'copied' });
    expect(await rootOf(back)).toBe(await rootOf(store));
  });

  test.each([
    ['cases', []],
    ['history', ['CASE']],
    ['replay', ['CASE']],
    ['explain', ['CASE', '1']],
    ['options', ['CASE', '--as', 'CLK']],
    ['verify', []],
  ])('asked for %s › answers what the file answers, and writes nothing', async (name, rest) => {
    const ask = (of: string) =>
      himaya([name, ...rest.map((word) => word.replace('CASE', caseId)), '--store', of]);
    const before = double.log.events.length;
    expect(await ask(cluster)).toEqual(await ask(store));
    expect(double.log.events).toHaveLength(before);
  });

  test('that was damaged › is found so', async () => {
    const damaged = await Double.start({ client });
    const at = `esdb://127.0.0.1:${damaged.port}?tls=false`;
    await himaya(['copy', '--from', store, '--to', at]);
    const [, , second] = damaged.log.events;
    second?.data.fill(0x20, 10, 12);
    const { code, out } = await himaya(['verify', '--store', at]);
    expect([code, out.includes('bytes-changed')]).toEqual([1, true]);
    await damaged.stop();
  });
});

describe('a wrong store on EventStoreDB', () => {
  const doubles: Double[] = [];
  const files = mkdtempSync(join(tmpdir(), 'himaya-cluster-'));
  const { ca, server } = testCertificates();
  const started = async (options: Partial<Parameters<typeof Double.start>[0]> = {}) => {
    const made = await Double.start({ client, ...options });
    doubles.push(made);
    return made;
  };
  afterAll(async () => {
    rmSync(files, { recursive: true, force: true });
    await Promise.all(doubles.map((one) => one.stop()));
  });

  test.each<[what: string, code: number, en: string, ar: string, at: () => Promise<string>]>([
    ['of no host', 2, 'it cannot be read', 'option-invalid: لا يفتح مخزن',
      async () => 'esdb://clerk:canary-password@'],
    ['where nobody listens', 3, 'the server does not answer', 'store-unreachable: الخادم لا يجيب',
      async () => 'esdb://clerk:canary-password@127.0.0.1:9?tls=false'],
    ['with a wrong password', 3, 'the server refuses this user', 'store-denied: الخادم يرفض',
      async () => {
        writeFileSync(join(files, 'ca.pem'), ca);
        const { port } = await started({ users: { clerk: 'right' }, tls: { ca, ...server } });
        const file = join(files, 'ca.pem');
        return `esdb://clerk:canary-password@127.0.0.1:${port}?tlsCAFile=${file}`;
      }],
    ['on a server that is too old', 3, 'the server is version 20.10.5',
      'store-server-too-old: الخادم أقدم مما يلزم', async () => {
        const { port } = await started({ version: '20.10.5' });
        return `esdb://127.0.0.1:${port}?tls=false`;
      }],
    ['of another application', 3, 'an event of another application',
      'store-foreign: ما وجد ليس مخزنا', async () => {
        const { port, log } = await started();
        log.record('himaya', { type: 'OrderPlaced' });
        return `esdb://127.0.0.1:${port}?tls=false`;
      }],
    ['that is not there', 3, 'there is no store of this namespace',
      'store-missing: لا يوجد مخزن', async () => {
        const { port } = await started();
        return `esdb://127.0.0.1:${port}?tls=false&namespace=other`;
      }],
    ['with a namespace of no name', 2, 'namespace: "A-B"', 'option-invalid: لا يفتح مخزن',
      async () => 'esdb://127.0.0.1:9?tls=false&namespace=A-B'],
  ])('%s › ends with %i and one line in each language', async (_, code, en, ar, at) => {
    const where = await at();
    for (const [language, said] of [['en', en], ['ar', ar]] as const) {
      const called = await himaya(['cases', '--store', where, '--lang', language]);
      expect([called.code, called.out]).toEqual([code, '']);
      expect(called.err).toMatch(/^himaya: [^\n]+\n$/);
      expect(called.err).toContain(said);
      expect(called.err).not.toContain('canary-password');
    }
    for (const { log } of doubles) {
      expect(log.events.filter(({ type }) => type !== 'OrderPlaced')).toEqual([]);
    }
  });
});
