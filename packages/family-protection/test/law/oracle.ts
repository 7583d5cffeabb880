// The oracle: reads a violence case from its record and says which invariant of the model is broken.
import type { CaseView } from '@himaya/engine';
import { accountableFindings, caseFindings } from './case-oracle.ts';
import { Known } from './known.ts';
import { meetingFindings, standingFindings, tripped, type Finding } from './meeting-oracle.ts';
import type { Recorded } from './record.ts';

/** Judges a case as it grows; imports nothing of what it judges. */
export class Oracle {
  readonly known = new Known();

  /** What the next events of the record break; `now` is the time at which they were read. */
  take(events: readonly Recorded[], now: string): readonly Finding[] {
    const found: Finding[] = [];
    const alarms: Recorded[] = [];
    events.forEach((event, index) => {
      found.push(...meetingFindings(event, this.known), ...caseFindings(event, this.known));
      const wasUnderWay = this.known.isUnderWay;
      this.known.note(event);
      if (wasUnderWay && tripped(event, this.known)) alarms.push(event);
      // What a command brings stands in one append: only its end is judged.
      const isLast = events[index + 1]?.command.id !== event.command.id;
      if (!isLast) return;
      for (const alarm of alarms.splice(0)) {
        const finding = tripped(alarm, this.known);
        if (finding) found.push(finding);
      }
      found.push(...standingFindings(this.known, event.recordedAt));
    });
    return [...found, ...standingFindings(this.known, now), ...accountableFindings(this.known)];
  }
}

const OPEN = ['intake', 'registered', 'triaged', 'active', 'closureReview'];

/** What is wrong with how a case looks: its states say the same as its record, and something is due. */
export function viewFindings(view: CaseView, known: Known): readonly Finding[] {
  const found: Finding[] = [];
  const has = (state: string): boolean => view.states.includes(state);
  const lifecycle = OPEN.find((state) => has(`lifecycle.${state}`));
  const due = view.deadlines.map(({ code, status }) => `${code} ${status}`);
  const isDue = (code: string): boolean => due.some((one) => one.startsWith(`${code} `));
  if (lifecycle && !due.some((one) => one.endsWith('pending'))) {
    found.push(['INV-31', `nothing is due in ${lifecycle}`]);
  }
  const accountable = known.lead ?? known.duty;
  if (lifecycle && known.conflicts.has(accountable ?? '') && !isDue('T-REASSIGN')) {
    found.push(['INV-31', 'whoever is accountable is related to a party, and nobody looks']);
  }
  if (lifecycle && !known.isTriaged && known.duty !== undefined && !isDue('T-TRIAGE')) {
    found.push(['INV-14', 'nobody has to triage it']);
  }
  if (!has(`risk.${known.level ?? 'unassessed'}`)) {
    found.push(['INV-12', `the level is not ${known.level}`]);
  }
  const inForce = view.parts.filter(({ kind, in: is }) => kind === 'order' && is('inForce'));
  if (inForce.length > 0) {
    if (has('lifecycle.closed')) found.push(['INV-01', 'closed beside an order']);
    const words = ['orderIssuedUnserved', 'orderActive', 'breached', 'sheltered'];
    if (!words.some((word) => has(`protection.${word}`))) {
      found.push(['INV-01', 'an order is forgotten']);
    }
  }
  const { armed, reached, disarmed } = view.deadlineCounts;
  const pending = due.filter((one) => one.endsWith('pending')).length;
  if (armed !== reached + disarmed + pending) found.push(['LAW-4', 'a deadline was lost']);
  return [...found, ...regionFindings(view, known)];
}

const UNDER_WAY = [
  'eligible',
  'approved',
  'offered',
  'consented',
  'ready',
  'scheduled',
  'inSession',
  'agreementDrafted',
  'settled',
  'monitored',
  'breachReview',
];

function regionFindings({ states }: CaseView, known: Known): readonly Finding[] {
  const region = states.find((state) => state.startsWith('reconciliation.'))?.slice(15) ?? '';
  return UNDER_WAY.includes(region) === known.isUnderWay
    ? []
    : [['CH-1', `${region} while one is ${known.isUnderWay ? '' : 'not '}under way`]];
}
