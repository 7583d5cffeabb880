// Every rule of the community procedure under one roof.
import type { RuleSet } from '@himaya/engine';
import { fileRules } from '../../case-file/rules.ts';
import { conciliationRules } from '../../conciliation/rules.ts';
import { correctionRules } from '../../parties/rules.ts';
import { staffRules } from '../../staff/rules.ts';
import { protectionRules } from '../../protection/rules.ts';
import { t } from '../head.ts';
import { agreementRules } from './agreement.ts';
import { closureRules } from './closure.ts';
import { intakeRules } from './intake.ts';
import { ladderRules } from './ladder.ts';
import { linkedRules } from './linked.ts';
import { mediationRules } from './mediation.ts';
import { screeningRules } from './screening.ts';
import { stageRules } from './stage.ts';

// Named by their parts: what TypeScript infers is longer than a declaration file may hold.
type Rules = typeof stageRules &
  typeof correctionRules &
  typeof intakeRules &
  typeof staffRules &
  typeof fileRules &
  typeof conciliationRules &
  typeof ladderRules &
  typeof mediationRules &
  typeof linkedRules &
  typeof agreementRules &
  typeof screeningRules &
  typeof closureRules &
  typeof protectionRules;

/** The rules by name. */
export const rules: RuleSet<Rules> = t.rules({
  ...fileRules,
  ...stageRules,
  ...correctionRules,
  ...intakeRules,
  ...staffRules,
  ...conciliationRules,
  ...ladderRules,
  ...mediationRules,
  ...linkedRules,
  ...agreementRules,
  ...screeningRules,
  ...closureRules,
  ...protectionRules,
});
