// Several streams in one decision: what was read must not have moved when the decision is recorded.
import { MemoryEventStore, type EventStore } from '@himaya/event-store';
import { describe, expect, it } from 'vitest';
import { bench, codes, supervisor } from './sample/bench.ts';
import { defineMatter, matter, matterVersion } from './sample/matter.ts';

const until = '2027-06-01T00:00:00Z';
const ROUNDS = 200;

describe('reads', () => {
  it('an order here, a session there › racing in two processes › are never both in force', async () => {
    const { engine, other, open, accept, nextId } = bench();
    const second = other();
    let ordersFirst = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const [one, two] = [await open(), await open()];
      await accept('RequestOrder', { orderId: 'o' }, { caseId: two });
      const issue = {
        id: nextId(),
        name: 'IssueOrder',
        caseId: two,
        input: { orderId: 'o', until },
      };
      const schedule = {
        id: nextId(),
        name: 'ScheduleSession',
        caseId: one,
        input: { sessionId: 's', other: two },
      };
      const pair = round % 2 === 0 ? [issue, schedule] : [schedule, issue];
      const engines = round % 4 < 2 ? [engine, second] : [second, engine];
      const outcomes = await Promise.all(
        pair.map((command, index) => engines[index]?.execute(command, supervisor)),
      );
      const scheduled = outcomes[pair.indexOf(schedule)];
      const issued = outcomes[pair.indexOf(issue)];
      expect(issued?.kind).toBe('accepted');
      if (scheduled?.kind === 'refused') {
        ordersFirst += 1;
        expect(codes(scheduled)).toEqual(['BLOCKED_ELSEWHERE']);
      } else {
        // The session was recorded against a head of the other case without the order.
        const read = scheduled?.kind === 'accepted' ? scheduled.events[0]?.reads?.[0] : undefined;
        const orderAt = issued?.kind === 'accepted' ? issued.events[0]?.position : -1;
        expect(read?.position).toBeLessThan(orderAt as number);
      }
    }
    expect(ordersFirst).toBeGreaterThan(0);
    expect(ordersFirst).toBeLessThan(ROUNDS);
  });

  it('a stream that another process has changed › is read as it is now', async () => {
    const { engine, other, open, accept, nextId } = bench();
    const [one, two] = [await open(), await open()];
    await accept('RequestOrder', { orderId: 'o' }, { caseId: two });
    const issue = { id: nextId(), name: 'IssueOrder', caseId: two, input: { orderId: 'o', until } };
    await other().execute(issue, supervisor);
    const input = { sessionId: 's', other: two };
    const schedule = { id: nextId(), name: 'ScheduleSession', caseId: one, input };
    expect(codes(await engine.execute(schedule, supervisor))).toEqual(['BLOCKED_ELSEWHERE']);
  });

  it('a protective command › waits for no stream that it read, readable or not', async () => {
    const protective = defineMatter((spec) => ({
      ...spec,
      commands: {
        ...spec.commands,
        ScheduleSession: { ...spec.commands.ScheduleSession, polarity: 'protective' as const },
      },
    }));
    const inner = new MemoryEventStore();
    const asked: unknown[] = [];
    const store: EventStore = {
      capabilities: inner.capabilities,
      append: (request) => {
        asked.push(request.unchanged);
        return inner.append(request);
      },
      readStream: (...args) => inner.readStream(...args),
      readAll: (...args) => inner.readAll(...args),
      watch: (signal) => inner.watch(signal),
      close: () => inner.close(),
    };
    const elsewhere = bench({ store, caseTypes: [matterVersion('9.0.0')] });
    const unfoldable = await elsewhere.open();
    const { accept, open } = bench({ store, caseTypes: [protective], seed: 'other' });
    const [one, two] = [await open(), await open()];
    asked.length = 0;
    await accept('ScheduleSession', { sessionId: 's', other: two }, { caseId: one });
    await accept('ScheduleSession', { sessionId: 't', other: unfoldable }, { caseId: one });
    expect(asked.flat().filter((head) => head !== undefined)).toEqual([]);
  });

  it('a store that writes one stream at a time › refuses the command that needs more', async () => {
    const inner = new MemoryEventStore();
    const store: EventStore = {
      capabilities: { ...inner.capabilities, multiStreamAppend: false },
      append: (request) => inner.append(request),
      readStream: (...args) => inner.readStream(...args),
      readAll: (...args) => inner.readAll(...args),
      watch: (signal) => inner.watch(signal),
      close: () => inner.close(),
    };
    const { give, open } = bench({ store });
    const caseId = await open();
    const linked = { sessionId: 's', other: await open() };
    const outcome = await give('ScheduleSession', linked, { caseId });
    expect(codes(outcome)).toEqual(['STORE_UNSUPPORTED']);
    expect(codes(await give('ScheduleSession', { sessionId: 's' }, { caseId }))).toBe('accepted');
  });

  it('a store that writes one stream at a time › says in advance which commands need more', () => {
    const { capabilities } = new MemoryEventStore();
    // A store of which nothing may be asked: it has no other member.
    const over = (multiStreamAppend: boolean, caseTypes = [matter]) => {
      const store = { capabilities: { ...capabilities, multiStreamAppend } } as EventStore;
      return bench({ store, caseTypes }).engine.unsupportedCommands();
    };
    const title = { en: 'ScheduleSession', ar: 'ScheduleSession' };
    const session = { caseType: 'test.matter', command: 'ScheduleSession', title };
    expect(over(false)).toEqual([session]);
    expect(over(true)).toEqual([]);
    const changed = (more: object) =>
      defineMatter((spec) => ({
        ...spec,
        commands: {
          ...spec.commands,
          ScheduleSession: { ...spec.commands.ScheduleSession, ...more },
        },
      }));
    expect(over(false, [changed({ recheckSuffices: true })])).toEqual([]);
    expect(over(false, [changed({ polarity: 'protective' })])).toEqual([]);
    const labelled = defineMatter((spec) => ({
      ...spec,
      labels: { ...spec.labels, commands: { ScheduleSession: { en: 'Schedule', ar: 'جدولة' } } },
    }));
    const [one] = over(false, [labelled]);
    expect(one?.title).toEqual({ en: 'Schedule', ar: 'جدولة' });
  });

  it('a store that writes one stream at a time › takes a command whose re-check suffices', async () => {
    const rechecked = defineMatter((spec) => ({
      ...spec,
      commands: {
        ...spec.commands,
        ScheduleSession: { ...spec.commands.ScheduleSession, recheckSuffices: true as const },
      },
    }));
    for (const multiStreamAppend of [false, true]) {
      const inner = new MemoryEventStore();
      const asked: unknown[] = [];
      const store: EventStore = {
        capabilities: { ...inner.capabilities, multiStreamAppend },
        append: (request) => {
          asked.push(...(request.unchanged ?? []).map(({ stream }) => stream));
          return inner.append(request);
        },
        readStream: (...args) => inner.readStream(...args),
        readAll: (...args) => inner.readAll(...args),
        watch: (signal) => inner.watch(signal),
        close: () => inner.close(),
      };
      const { accept, give, open } = bench({ store, caseTypes: [rechecked] });
      const [one, two] = [await open(), await open()];
      const accepted = await accept('ScheduleSession', { sessionId: 's', other: two }, {
        caseId: one,
      });
      // What was read is recorded either way; only where the store can is it checked, too.
      expect(accepted.events[0]?.reads).toMatchObject([{ stream: `case-${two}` }]);
      expect(asked).toEqual(multiStreamAppend ? [`case-${two}`] : []);
      // It is still judged by what it has read.
      await accept('RequestOrder', { orderId: 'o' }, { caseId: two });
      await accept('IssueOrder', { orderId: 'o', until }, { caseId: two });
      const linked = { sessionId: 't', other: two };
      const refused = await give('ScheduleSession', linked, { caseId: one });
      expect(codes(refused)).toEqual(['BLOCKED_ELSEWHERE']);
    }
  });
});
