// The README's example: a case is opened, a step is refused with its reasons, the record is replayed.
import { createEngine } from '@himaya/engine';
import { openSqliteStore } from '@himaya/event-store-sqlite';
import { caseTypes, policies } from '@himaya/family-protection';
import { ulid } from 'ulid';

const store = openSqliteStore({ path: process.argv[2] ?? 'cases.db' });
const engine = createEngine({ store, caseTypes, policies, office: 'MUH-FCP' });
const officer = { staff: 'cp1', role: 'CP', office: 'MUH-FCP' };
const complaint = { complaintNo: 'C-417', subType: 'alley', place: 'alley-12', block: '215',
  publicImpact: 'neighbourhood', narrative: 'Cars stand so that nobody can turn.' };

const caseType = 'community.parkingDispute';
const register = { id: ulid(), name: 'RegisterComplaint', caseType, input: complaint };
const opened = await engine.execute(register, officer);
if (opened.kind !== 'accepted') throw new Error('the complaint was not accepted');
const { caseId, deadlines } = opened.case;
console.log(opened.events.map(({ type }) => type).join(', '));
console.log('due:', deadlines.map(({ code }) => code).join(', '));

const offer = { parties: ['A', 'B'], offeredSeparately: true };
const mediate = { id: ulid(), caseId, name: 'OfferMediation', input: offer };
const outcome = await engine.execute(mediate, officer);
if (outcome.kind === 'refused') for (const { code, text } of outcome.violations)
  console.log(`${code}: ${text.en}\n${text.ar}`);
const replayed = await engine.replay(caseId);
console.log('replayed', replayed?.events, 'divergences:', replayed?.divergences);
await store.close();
