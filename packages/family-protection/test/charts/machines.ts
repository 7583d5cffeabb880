// The machines that the charts of every case type and part are compiled from.
import type { CaseType } from '@himaya/engine';
import type { AnyStateMachine } from 'xstate';
import { caseChartOf } from '../../src/community/chart/case-chart.ts';
import { nuisanceComplaints, parkingComplaints } from '../../src/community/complaints.ts';
import { parts as communityParts } from '../../src/community/parts/specs.ts';
import { caseChart } from '../../src/domestic-violence/chart/case-chart.ts';
import { parts as violenceParts } from '../../src/domestic-violence/parts/specs.ts';
import { dayParts } from '../../src/facility/day-parts.ts';
import { roomChart, siteChart } from '../../src/facility/site.ts';
import { siteDayChart } from '../../src/facility/site-day.ts';
import { householdChart } from '../../src/household/household.ts';
import { personChart } from '../../src/household/person.ts';

/** The machines of one case type. */
export interface Machines {
  readonly chart: AnyStateMachine;
  readonly parts: Readonly<Record<string, { readonly chart: AnyStateMachine }>>;
}

const byName: Readonly<Record<string, Machines>> = {
  'community.parkingDispute': { chart: caseChartOf(parkingComplaints), parts: communityParts },
  'community.nuisance': { chart: caseChartOf(nuisanceComplaints), parts: communityParts },
  'family.domesticViolence': { chart: caseChart, parts: violenceParts },
  'family.person': { chart: personChart, parts: {} },
  'family.household': { chart: householdChart, parts: {} },
  'facility.site': { chart: siteChart, parts: { room: { chart: roomChart } } },
  'facility.siteDay': { chart: siteDayChart, parts: dayParts },
};

/** The machines of a case type. @throws for one that is not in the table above. */
export function machinesOf({ name }: CaseType): Machines {
  const machines = byName[name];
  if (!machines) throw new Error(`add the machines of ${name} to ${import.meta.url}`);
  return machines;
}
