// Every check of domestic violence.
import type { Check } from '@himaya/engine';
import { closures, officers } from './closing.ts';
import { children, consents, waivers } from './consents.ts';
import { riskLevels } from './risk.ts';
import { sessionsAndOrders } from './sessions.ts';

/** Checks of domestic violence. */
export const violenceChecks: readonly Check[] = [
  consents,
  children,
  waivers,
  riskLevels,
  closures,
  officers,
  sessionsAndOrders,
];
