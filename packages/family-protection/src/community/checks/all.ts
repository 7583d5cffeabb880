// Every check of the community procedure.
import type { Check } from '@himaya/engine';
import { emergencies, officers, terms } from '../../checks/accountable.ts';
import { acts } from '../../checks/recorded.ts';
import { goals } from './goals.ts';
import { intakes } from './intake.ts';
import { children, meetings } from './meetings.ts';

/** Checks of complaints about parking and about nuisances, which have one procedure. */
export const communityChecks: readonly Check[] = [
  acts(['PartyConsented', 'ConsentGranted']),
  children,
  emergencies,
  intakes,
  officers,
  terms(['draft', 'closed', 'merged', 'transferred', 'abandoned']),
  meetings,
  ...goals,
];
