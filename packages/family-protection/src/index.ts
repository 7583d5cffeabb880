// The public face of the office's procedure: its case types, its policies and its roles.
import type { CaseType, Policy } from '@himaya/engine';
import { parkingDispute } from './parking-dispute/parking-dispute.ts';
import { policyBaseline } from './policy/baseline.ts';

export { parkingDispute } from './parking-dispute/parking-dispute.ts';
export { policyBaseline } from './policy/baseline.ts';
export { roles, type Role } from './roles.ts';

/** Every released case type, for an engine that runs them side by side. */
export const caseTypes: readonly CaseType[] = [parkingDispute];
/** Every released policy. */
export const policies: readonly Policy[] = [policyBaseline];
