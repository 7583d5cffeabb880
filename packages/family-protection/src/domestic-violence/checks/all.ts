// Every check of domestic violence.
import type { Check } from '@himaya/engine';
import { emergencies, officers, terms } from '../../checks/accountable.ts';
import { acts } from '../../checks/recorded.ts';
import { closures } from './closing.ts';
import { children, judgements, waivers } from './consents.ts';
import { goals } from './goals.ts';
import { standingOrders } from './protection.ts';
import { riskLevels } from './risk.ts';
import { sessionsAndOrders } from './sessions.ts';

/** Checks of domestic violence. */
export const violenceChecks: readonly Check[] = [
  acts(['PartyConsented']),
  judgements,
  children,
  waivers,
  emergencies,
  riskLevels,
  closures,
  officers,
  terms(['draft', 'closed', 'merged', 'transferred']),
  standingOrders,
  sessionsAndOrders,
  ...goals,
];
