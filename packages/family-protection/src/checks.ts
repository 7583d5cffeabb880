// What is checked of each case type before it is released.
import type { Check } from '@himaya/engine';
import { communityChecks } from './community/checks/all.ts';
import { violenceChecks } from './domestic-violence/checks/all.ts';

/** Checks by the name of the case type. */
export const checks: Readonly<Record<string, readonly Check[]>> = {
  'community.parkingDispute': communityChecks,
  'family.domesticViolence': violenceChecks,
};
