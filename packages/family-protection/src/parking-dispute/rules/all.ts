// Every rule of the parking dispute under one roof.
import { t } from '../head.ts';
import { agreementRules } from './agreement.ts';
import { closureRules } from './closure.ts';
import { intakeRules } from './intake.ts';
import { ladderRules } from './ladder.ts';
import { mediationRules } from './mediation.ts';
import { screeningRules } from './screening.ts';
import { stageRules } from './stage.ts';

/** The rules by name. */
export const rules = t.rules({
  ...stageRules,
  ...intakeRules,
  ...ladderRules,
  ...mediationRules,
  ...agreementRules,
  ...screeningRules,
  ...closureRules,
});
