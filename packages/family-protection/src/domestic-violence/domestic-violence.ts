// The case type `family.domesticViolence`, put together from its rooms.
import type { CaseType } from '@himaya/engine';
import { fileCommands } from '../case-file/commands.ts';
import { safetyCommands } from '../protection/commands.ts';
import { roles } from '../roles.ts';
import { staffCommands } from '../staff/commands.ts';
import { caseChart } from './chart/case-chart.ts';
import { careCommands } from './commands/care.ts';
import { closureCommands } from './commands/closure.ts';
import { evidenceCommands } from './commands/evidence.ts';
import { intakeCommands } from './commands/intake.ts';
import { interviewCommands } from './commands/interviews.ts';
import { legalCommands } from './commands/legal.ts';
import { matterCommands } from './commands/matter.ts';
import { orderCommands } from './commands/orders.ts';
import { partnerCommands } from './commands/partners.ts';
import { reconciliationCommands } from './commands/reconciliation.ts';
import { passageCommands } from './commands/passage.ts';
import { riskCommands } from './commands/risk.ts';
import { sessionCommands } from './commands/sessions.ts';
import { settlementCommands } from './commands/settlement.ts';
import { undertakingCommands } from './commands/undertakings.ts';
import { waiverCommands } from './commands/waiver.ts';
import { linkCommandsFor } from '../household/link-commands.ts';
import { sharingCommands } from './commands/sharing.ts';
import { contactConsequences } from './consequences/of-contact.ts';
import { dangerConsequences } from './consequences/of-danger.ts';
import { reconciliationConsequences } from './consequences/of-reconciliation.ts';
import { caseDeadlines } from './deadlines/of-case.ts';
import { partDeadlines } from './deadlines/of-parts.ts';
import { reconciliationDeadlines } from './deadlines/of-reconciliation.ts';
import type { Context } from './context.ts';
import { t } from './head.ts';
import { invariants } from './invariants.ts';
import { commandLabels } from './labels/commands.ts';
import { conditionLabels } from './labels/conditions.ts';
import { deadlineLabels } from './labels/deadlines.ts';
import { eventLabels } from './labels/events.ts';
import { partLabels } from './labels/parts.ts';
import { stateLabels } from './labels/states.ts';
import { parts } from './parts/specs.ts';
import { reactions } from './reactions.ts';
import { isReader } from './readers.ts';
import { requires } from './requires.ts';
import { underWay } from './rules/linked.ts';

/** Domestic violence: safety first, then the law, and accord only where it endangers nobody. */
export const domesticViolence: CaseType = t.define({
  chart: caseChart,
  commands: {
    ...intakeCommands,
    ...evidenceCommands,
    ...interviewCommands,
    ...matterCommands,
    ...staffCommands,
    ...riskCommands,
    ...orderCommands,
    ...reconciliationCommands,
    ...sessionCommands,
    ...settlementCommands,
    ...undertakingCommands,
    ...waiverCommands,
    ...legalCommands,
    ...careCommands,
    ...partnerCommands,
    ...sharingCommands,
    ...safetyCommands,
    ...closureCommands,
    ...linkCommandsFor<Context>(underWay),
    ...fileCommands,
    ...passageCommands,
  },
  requires,
  parts,
  deadlines: { ...caseDeadlines, ...partDeadlines, ...reconciliationDeadlines },
  // Safety comes first: what stops a reconciliation is decided before anything else follows.
  consequences: [...reconciliationConsequences, ...dangerConsequences, ...contactConsequences],
  reactions,
  invariants,
  assignees: ({ assigned }) => assigned,
  readers: isReader,
  successor: ({ successor }) => successor ?? undefined,
  labels: {
    commands: commandLabels,
    events: eventLabels,
    states: stateLabels,
    deadlines: deadlineLabels,
    parts: partLabels,
    conditions: conditionLabels,
    roles,
  },
});
