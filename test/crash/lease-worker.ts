// Workers under leases in a process of their own, on a file or a server, until it is killed or told.
import { createEngine } from '@himaya/engine';
import { openPlaces } from './places.ts';
import { caseTypes, dues, policies, told } from './worked-cases.ts';

const [place = '', nowMs, leaseMs] = process.argv.slice(2);
const { store, readStore } = await openPlaces(place);
const engine = createEngine({
  store,
  caseTypes,
  policies,
  office: 'TST',
  clock: { now: () => Number(nowMs), monotonicMs: () => Number(nowMs) },
  onAlert: ({ code, message }) => console.error(code, message),
});
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
console.log('started');
const { signal } = stop;
const projections = [dues, told];
await engine.runWorkers({ readStore, projections, leaseMs: Number(leaseMs), pollMs: 50, signal });
await readStore.close();
await store.close();
console.log('ended');
