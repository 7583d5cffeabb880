// Every rule of domestic violence under one roof.
import type { RuleSet } from '@himaya/engine';
import { fileRules } from '../../case-file/rules.ts';
import { conciliationRules } from '../../conciliation/rules.ts';
import { correctionRules } from '../../parties/rules.ts';
import { screeningRulesFor } from '../../screening/rules.ts';
import { protectionRules } from '../../protection/rules.ts';
import { staffRules } from '../../staff/rules.ts';
import { t } from '../head.ts';
import { closureRules } from './closure.ts';
import { eligibilityRules } from './eligibility.ts';
import { interviewRules } from './interviews.ts';
import { legalRules } from './legal.ts';
import { linkedRules } from './linked.ts';
import { orderRules } from './orders.ts';
import { partyRules } from './parties.ts';
import { reconciliationRules } from './reconciliation.ts';
import { passageRules } from './passage.ts';
import { riskRules } from './risk.ts';
import { safetyRules } from './safety.ts';
import { settlementRules } from './settlement.ts';
import { sharingRules } from './sharing.ts';
import { stageRules } from './stage.ts';
import { supportRules } from './support.ts';
import { takenOverRules } from './taken-over.ts';
import { undertakingRules } from './undertakings.ts';
import { waiverRules } from './waiver.ts';

/** A victim who is a parent may be with her child; whoever is accused never is. */
const screeningRules = screeningRulesFor(['guardian', 'victim']);

// Named by their parts: what TypeScript infers is longer than a declaration file may hold.
type Rules = typeof stageRules &
  typeof correctionRules &
  typeof partyRules &
  typeof staffRules &
  typeof fileRules &
  typeof conciliationRules &
  typeof riskRules &
  typeof orderRules &
  typeof safetyRules &
  typeof linkedRules &
  typeof eligibilityRules &
  typeof reconciliationRules &
  typeof settlementRules &
  typeof waiverRules &
  typeof screeningRules &
  typeof interviewRules &
  typeof legalRules &
  typeof passageRules &
  typeof supportRules &
  typeof undertakingRules &
  typeof takenOverRules &
  typeof protectionRules &
  typeof sharingRules &
  typeof closureRules;

/** The rules by name. */
export const rules: RuleSet<Rules> = t.rules({
  ...fileRules,
  ...stageRules,
  ...correctionRules,
  ...partyRules,
  ...staffRules,
  ...conciliationRules,
  ...riskRules,
  ...orderRules,
  ...safetyRules,
  ...linkedRules,
  ...eligibilityRules,
  ...reconciliationRules,
  ...settlementRules,
  ...waiverRules,
  ...screeningRules,
  ...interviewRules,
  ...legalRules,
  ...passageRules,
  ...supportRules,
  ...undertakingRules,
  ...takenOverRules,
  ...protectionRules,
  ...sharingRules,
  ...closureRules,
});
