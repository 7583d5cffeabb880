// What the server can be told to forget, and who may tell it: found, and forbidden; each client.
import { isFault, verifyStore, type Head } from '@himaya/event-store';
import { EntryMaker } from '@himaya/event-store/contract';
import { expect, test } from 'vitest';
import { accessSettings, giveAccess } from '../src/index.ts';
import type { ClientName } from './double/protocol.ts';
import { openOnDouble } from './subject.ts';

/** Registers the tests. */
export function forgettingTests(client: ClientName): void {
  const filled = async () => {
    const on = await openOnDouble({ client, deletes: true });
    const make = new EntryMaker(1);
    const [stream, other] = [make.stream(), make.stream()];
    const outcome = await on.store.append(make.append(stream, 'none', 3));
    await on.store.append(make.append(other, 'none', 2));
    if (outcome.kind !== 'appended') throw new Error('not appended');
    return { ...on, make, stream, head: outcome.heads[0].head as Head };
  };
  const codeOf = (made: Promise<unknown>): Promise<string> =>
    made.then(() => 'done', (error: unknown) => (isFault(error) ? error.code : String(error)));
  const metadata = (settings: object) => ({
    type: '$metadata', data: Buffer.from(JSON.stringify(settings)),
  });

  test.each([{ $tb: 2 }, { $maxCount: 1 }, { $maxAge: 60 }])(
    'a stream whose metadata says %j › is found to be hidden', async (settings) => {
      const { store, double, stream, dispose } = await filled();
      expect((await verifyStore(store)).firstBad).toBeUndefined();
      double.log.record(`$$himaya.${stream}`, metadata(settings));
      const { firstBad } = await verifyStore(store);
      expect(firstBad).toMatchObject({ stream, reason: { code: 'misplaced' } });
      expect(firstBad?.reason.sentence).toContain(Object.keys(settings)[0]);
      // What hides nothing, or no longer, or a stream of others, is no matter.
      double.log.record(`$$himaya.${stream}`, metadata({ $acl: { $d: '$admins' } }));
      double.log.record('$$orders-17', metadata(settings));
      expect((await verifyStore(store)).firstBad).toBeUndefined();
      await store.close();
      await dispose?.();
    });

  test('a stream that lost its first entries › is a fault to read, never shorter', async () => {
    const { store, double, stream, dispose } = await filled();
    double.log.record(`$$himaya.${stream}`, metadata({ $tb: 2 }));
    expect(await codeOf(store.readStream(stream, 0, 9))).toBe('store-corrupt');
    expect(await codeOf(store.readStream(stream, 1, 1))).toBe('store-corrupt');
    expect((await store.readStream(stream, 2, 9)).entries).toHaveLength(1);
    await store.close();
    await dispose?.();
  });

  test.each([true, false])('a stream deleted, for good: %s › is found', async (forGood) => {
    const { store, client: other, open, stream, head, make, dispose } = await filled();
    await (forGood ? other.tombstoneStream : other.deleteStream).call(other, `himaya.${stream}`);
    expect((await verifyStore(store)).firstBad).toMatchObject(
      { stream, reason: { code: 'head-differs' } },
    );
    // Nobody begins it anew and nobody goes on with it, whether they knew it or not.
    const second = await open();
    for (const each of [store, second]) {
      for (const expected of ['none', head] as const) {
        const outcome = await each.append(make.append(stream, expected)).then(
          ({ kind }) => kind, (error: unknown) => (isFault(error) ? error.code : String(error)));
        expect(['conflict', 'store-corrupt', 'store-failed']).toContain(outcome);
      }
    }
    expect((await verifyStore(second)).firstBad).toMatchObject({ stream });
    await Promise.all([store.close(), second.close()]);
    await dispose?.();
  });

  test('giveAccess › writes the settings once, as the server reads them', async () => {
    const { store, client: other, double, dispose } = await openOnDouble({ client });
    const access = { appends: ['himaya'], reads: ['auditors'] };
    expect(await giveAccess(other, access)).toBe(true);
    expect(await giveAccess(other, access)).toBe(false);
    const settings = double.log.all('$settings').at(-1);
    expect(JSON.parse(Buffer.from(settings?.data ?? []).toString('utf8')))
      .toEqual(accessSettings(access));
    expect(accessSettings(access)).toMatchObject({
      $userStreamAcl: {
        $r: ['himaya', 'auditors', '$admins'], $w: ['himaya', '$admins'], $d: '$admins',
        $mw: '$admins',
      },
      $systemStreamAcl: { $r: ['himaya', 'auditors', '$admins'], $w: '$admins' },
    });
    await giveAccess(other, { ...access, reads: [] });
    expect(double.log.all('$settings')).toHaveLength(3);
    double.faults.next('append', 'denied');
    expect(await codeOf(giveAccess(other, access))).toBe('store-denied');
    await store.close();
    await dispose?.();
  });
}
