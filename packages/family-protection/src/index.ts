// The public face of the office's procedure: its case types, its policies and its roles.
import type { CaseType, Policy } from '@himaya/engine';
import { nuisance, parkingDispute } from './community/community-case.ts';
import { domesticViolence } from './domestic-violence/domestic-violence.ts';
import { site } from './facility/site.ts';
import { siteDay } from './facility/site-day.ts';
import { household } from './household/household.ts';
import { person } from './household/person.ts';
import { policyBaseline } from './policy/baseline.ts';
import { policySample } from './policy/sample.ts';

export { checks } from './checks.ts';
export { ends } from './ends.ts';
export { nuisance, parkingDispute } from './community/community-case.ts';
export { domesticViolence } from './domestic-violence/domestic-violence.ts';
export { contactOrdersBetween, ordersInForce } from './domestic-violence/orders.ts';
export { instructions, type Instruction } from './facility/instructions.ts';
export { site } from './facility/site.ts';
export { siteDay } from './facility/site-day.ts';
export { household } from './household/household.ts';
export { person } from './household/person.ts';
export { policyBaseline } from './policy/baseline.ts';
export type { ApprovalKind, BookingOfDay, OpenDeadline } from './queues/facts.ts';
export {
  workQueues, type PageOf, type QueuedCase, type QueuePage, type WorkQueues,
} from './queues/queues.ts';
export { searchText } from './queues/search-text.ts';
export { work } from './queues/work.ts';
export { policySample } from './policy/sample.ts';
export { roles, type Role } from './roles.ts';

/** Every released case type, for an engine that runs them side by side. */
export const caseTypes: readonly CaseType[] = [
  parkingDispute,
  nuisance,
  domesticViolence,
  person,
  household,
  site,
  siteDay,
];
/** Every policy, the sample last and below all others: no case opens under it beside them. */
export const policies: readonly Policy[] = [policyBaseline, policySample];
