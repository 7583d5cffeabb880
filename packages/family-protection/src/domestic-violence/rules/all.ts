// Every rule of domestic violence under one roof.
import type { RuleSet } from '@himaya/engine';
import { staffRules } from '../../staff/rules.ts';
import { t } from '../head.ts';
import { closureRules } from './closure.ts';
import { legalRules } from './legal.ts';
import { orderRules } from './orders.ts';
import { riskRules } from './risk.ts';
import { sharingRules } from './sharing.ts';
import { stageRules } from './stage.ts';

// Named by their parts: what TypeScript infers is longer than a declaration file may hold.
type Rules = typeof stageRules &
  typeof staffRules &
  typeof riskRules &
  typeof orderRules &
  typeof legalRules &
  typeof sharingRules &
  typeof closureRules;

/** The rules by name. */
export const rules: RuleSet<Rules> = t.rules({
  ...stageRules,
  ...staffRules,
  ...riskRules,
  ...orderRules,
  ...legalRules,
  ...sharingRules,
  ...closureRules,
});
