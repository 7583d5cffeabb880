// Opening a store: who may, what is found, and one clear sentence when it is not that; each client.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFault, LOG_START, type Fault } from '@himaya/event-store';
import { EntryMaker } from '@himaya/event-store/contract';
import { afterAll, expect, test } from 'vitest';
import { connectEventStoreDb, openEventStoreDbStore } from '../src/index.ts';
import { testCertificates } from './double/certificates.ts';
import { Double } from './double/double.ts';
import type { ClientName } from './double/protocol.ts';
import { openOnDouble, urlOf } from './subject.ts';

/** The fault of what must fail. */
async function faultOf(made: Promise<unknown>): Promise<Fault> {
  const error = await made.then(() => undefined, (thrown: unknown) => thrown);
  if (!isFault(error)) throw new Error(`no fault: ${String(error)}`, { cause: error });
  return error;
}

/** Registers the tests. */
export function openingTests(client: ClientName): void {
  const scheme = client === 'eventstore' ? 'esdb' : 'kurrentdb';
  const folder = mkdtempSync(join(tmpdir(), 'himaya-eventstoredb-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const certificates = testCertificates();
  const file = (name: string, content: Buffer): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const ca = file('ca.pem', certificates.ca);
  const userCert = file('user.crt', certificates.user.cert);
  const userKey = file('user.key', certificates.user.key);
  const secure = () => Double.start({
    client,
    users: { clerk: 'right' },
    tls: { ca: certificates.ca, ...certificates.server },
  });
  const open = async (url: string, create = true) =>
    openEventStoreDbStore({ ...(await connectEventStoreDb(url)), create });

  const clear = (fault: Fault): void => {
    expect(fault.message).toMatch(/^\[[a-z-]+\] Cannot [^\n]+\.$/);
    expect(fault.message).not.toContain('canary-password');
  };

  test.each([
    ['no URL', 'localhost'],
    ['a URL of something else', 'https://clerk:canary-password@localhost/cases'],
    ['no host', `${scheme}://`],
    ['options that cannot be read', `${scheme}://clerk:canary-password@localhost:2113?tls`],
    ['a certificate that is not there', `${scheme}://localhost:2113?tlsCAFile=/no/such/file`],
    ['half of a user certificate', `${scheme}://localhost:2113?userCertFile=/no/such/file`],
  ])('connect › with %s › is refused before any I/O', async (_, url) => {
    const fault = await faultOf(connectEventStoreDb(url));
    expect(fault.code).toBe('option-invalid');
    clear(fault);
  });

  test('connect › with the other client beside this one › is refused', async () => {
    await connectEventStoreDb(`${scheme}://localhost:2113`);
    const other = client === 'eventstore' ? 'kurrentdb' : 'esdb';
    const fault = await faultOf(connectEventStoreDb(`${other}://localhost:2113`));
    expect(fault.code).toBe('store-client-mixed');
    clear(fault);
  });

  test('open › where nobody listens › says so at once', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const url = `${scheme}://clerk:canary-password@127.0.0.1:${port}?tls=false`;
    const fault = await faultOf(open(url));
    expect(fault.code).toBe('store-unreachable');
    expect(fault.message).toContain(`${scheme}://127.0.0.1:${port}`);
    clear(fault);
  });

  test.each([
    ['the right password', 'clerk:right', undefined],
    ['a wrong password', 'clerk:canary-password', 'store-denied'],
    ['an unknown user', 'nobody:canary-password', 'store-denied'],
    ['no user', '', 'store-denied'],
  ])('open › over TLS with %s › is let in or refused', async (_, user, code) => {
    const double = await secure();
    const before = double.log.events.length;
    const at = `${user === '' ? '' : `${user}@`}127.0.0.1:${double.port}`;
    const url = `${scheme}://${at}?tlsCAFile=${ca}`;
    if (code === undefined) {
      const store = await open(url);
      const make = new EntryMaker(1);
      expect((await store.append(make.append(make.stream(), 'none'))).kind).toBe('appended');
      expect((await store.readAll(LOG_START, 9)).entries).toHaveLength(1);
      await store.close();
    } else {
      const fault = await faultOf(open(url));
      expect(fault.code).toBe(code);
      clear(fault);
      expect(double.log.events).toHaveLength(before);
    }
    await double.stop();
  });

  test('open › over TLS without the authority of the server › is refused', async () => {
    const double = await secure();
    const fault = await faultOf(open(`${scheme}://clerk:right@127.0.0.1:${double.port}`));
    expect(fault.code).toBe('store-unreachable');
    clear(fault);
    await double.stop();
  });

  test('open › with a certificate of the user › shows it to the server', async () => {
    const double = await Double.start({
      client,
      tls: { ca: certificates.ca, ...certificates.server, asksForCertificate: true },
    });
    const secureUrl = `${scheme}://127.0.0.1:${double.port}?tlsCAFile=${ca}`;
    expect((await faultOf(open(secureUrl))).code).toBe('store-unreachable');
    const store = await open(`${secureUrl}&userCertFile=${userCert}&userKeyFile=${userKey}`);
    expect((await store.readAll(LOG_START, 9)).entries).toEqual([]);
    await store.close();
    await double.stop();
  });

  test('open › through the gossip of a cluster › finds the leader', async () => {
    const double = await Double.start({ client });
    const store = await open(`${scheme}+discover://127.0.0.1:${double.port}?tls=false`);
    const make = new EntryMaker(1);
    expect((await store.append(make.append(make.stream(), 'none'))).kind).toBe('appended');
    await store.close();
    await double.stop();
  });

  test.each([
    ['tells no version', undefined],
    ['is from before places were told', '21.10.9.0'],
  ])('open › of a server that %s › is refused, and writes nothing', async (_, version) => {
    const double = await Double.start({ client, version });
    const fault = await faultOf(open(urlOf(client, double)));
    expect(fault.code).toBe('store-server-too-old');
    clear(fault);
    expect(double.log.events).toEqual([]);
    await double.stop();
  });

  test('open › of a namespace without a store › is refused, or creates one once', async () => {
    const double = await Double.start({ client });
    const url = urlOf(client, double);
    const fault = await faultOf(open(url, false));
    expect(fault.code).toBe('store-missing');
    clear(fault);
    expect(double.log.events).toEqual([]);
    const stores = await Promise.all([open(url), open(url), open(url)]);
    expect(double.log.events.map(({ stream }) => stream)).toEqual(['himaya']);
    await Promise.all(stores.map((store) => store.close()));
    await (await open(url, false)).close();
    await double.stop();
  });

  test.each(['Cases', 'a b', 'a.b', '$all', ''])('open › with the namespace %j › is refused',
    async (namespace) => {
      const connection = await connectEventStoreDb(`${scheme}://127.0.0.1:1?tls=false`);
      const fault = await faultOf(openEventStoreDbStore({ ...connection, namespace }));
      expect(fault.code).toBe('option-invalid');
      clear(fault);
    });

  test('open › with what is no client, or one that hides conflicts › is refused', async () => {
    const none = await faultOf(openEventStoreDbStore({ client: {} as never }));
    expect(none.code).toBe('option-invalid');
    const url = `${scheme}://127.0.0.1:1?tls=false&throwOnAppendFailure=false`;
    const hiding = await faultOf(open(url));
    expect(hiding.code).toBe('option-invalid');
    clear(hiding);
  });

  test.each([
    ['by another application', { type: 'OrderPlaced' }, 'store-foreign'],
    ['by a later version', {
      type: 'StoreCreated',
      contentType: 'application/octet-stream',
      data: Buffer.from('{"format":2}'),
    }, 'store-schema-unknown'],
  ])('open › of a namespace that is used %s › is refused', async (_, event, code) => {
    const double = await Double.start({ client });
    double.log.record('himaya', event);
    const fault = await faultOf(open(urlOf(client, double)));
    expect(fault.code).toBe(code);
    clear(fault);
    expect(double.log.events).toHaveLength(1);
    await double.stop();
  });

  test('open › of a store whose mark was deleted and made anew › is refused', async () => {
    const { store, double, open: again, dispose } = await openOnDouble({ client, deletes: true });
    double.log.delete('himaya', false);
    double.log.record('$$himaya', { type: '$metadata', data: Buffer.from('{"$tb":1}') });
    const fault = await faultOf(again());
    expect(fault.code).toBe('store-corrupt');
    clear(fault);
    await store.close();
    await dispose?.();
  });

  test('read › where another application writes to a stream of the store › says so', async () => {
    const { store, double, dispose } = await openOnDouble({ client });
    const make = new EntryMaker(1);
    const stream = make.stream();
    await store.append(make.append(stream, 'none'));
    double.log.record(`himaya.${stream}`, { type: 'OrderPlaced' });
    for (const read of [
      () => store.readAll(LOG_START, 9),
      () => store.readStream(stream, 0, 9),
    ]) {
      const fault = await faultOf(read());
      expect(fault.code).toBe('store-foreign');
      expect(fault.data).toMatchObject({ stream: `himaya.${stream}`, position: 1 });
      clear(fault);
    }
    await store.close();
    await dispose?.();
  });

  test('stores › of two namespaces on one server › see nothing of each other', async () => {
    const { store, open: other, dispose } = await openOnDouble({ client });
    const second = await other({ namespace: 'himaya_second' });
    const make = new EntryMaker(1);
    const request = make.append(make.stream(), 'none');
    await store.append(request);
    expect((await second.readAll(LOG_START, 9)).entries).toEqual([]);
    expect((await second.readStream(request.writes[0].stream, 0, 9)).head).toBe('none');
    expect((await second.append(request)).kind).toBe('appended');
    expect((await store.readAll(LOG_START, 9)).entries).toHaveLength(1);
    await Promise.all([store.close(), second.close()]);
    await dispose?.();
  });

  test('a store opened for reading › refuses to append', async () => {
    const { store, open: again, dispose } = await openOnDouble({ client });
    const reading = await again({ readOnly: true });
    const make = new EntryMaker(1);
    const fault = await faultOf(reading.append(make.append(make.stream(), 'none')));
    expect(fault.code).toBe('store-read-only');
    await Promise.all([store.close(), reading.close()]);
    await dispose?.();
  });

  test('appends of several streams › where the server has none › are not offered', async () => {
    for (const appendRecords of [true, false]) {
      const { store, dispose } = await openOnDouble({ client, appendRecords });
      expect(store.capabilities.multiStreamAppend).toBe(client === 'kurrent' && appendRecords);
      await store.close();
      await dispose?.();
    }
  });
}
