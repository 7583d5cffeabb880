// The case types of the community procedure, put together from its rooms.
import type { CaseType } from '@himaya/engine';
import { fileCommands } from '../case-file/commands.ts';
import { retypingCommandsOf } from '../case-file/retyping.ts';
import { roles } from '../roles.ts';
import { caseChartOf } from './chart/case-chart.ts';
import { agreementCommands } from './commands/agreement.ts';
import { closureCommands } from './commands/closure.ts';
import { referralCommands, verificationCommands } from './commands/community.ts';
import { complaintCommandsOf, intakeCommands } from './commands/intake.ts';
import { ladderCommandsOf } from './commands/ladder.ts';
import { consentCommands, sessionCommands } from './commands/mediation.ts';
import { linkCommandsFor } from '../household/link-commands.ts';
import { safetyCommands } from '../protection/commands.ts';
import { staffCommands } from '../staff/commands.ts';
import { nuisanceComplaints, parkingComplaints, type Complaints } from './complaints.ts';
import { agreementConsequences } from './consequences/of-agreement.ts';
import { safetyConsequences } from './consequences/of-safety.ts';
import { workConsequences } from './consequences/of-work.ts';
import { caseDeadlines } from './deadlines/of-case.ts';
import { partDeadlines } from './deadlines/of-parts.ts';
import type { Context } from './context.ts';
import { builderOf } from './head.ts';
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

const { StartIntake, ...inHand } = intakeCommands;

/** The case type of some complaints: one procedure for all of them. */
function communityCase(complaints: Complaints): CaseType {
  const { name } = complaints;
  return builderOf(complaints).define({
    chart: caseChartOf(complaints),
    commands: {
      StartIntake,
      ...complaintCommandsOf(name),
      ...inHand,
      ...staffCommands,
      ...fileCommands,
      ...retypingCommandsOf(name, '#complainant'),
      ...verificationCommands,
      ...ladderCommandsOf(name),
      ...referralCommands,
      ...consentCommands,
      ...sessionCommands,
      ...agreementCommands,
      ...closureCommands,
      ...safetyCommands,
      ...linkCommandsFor<Context>(underWay),
    },
    requires,
    parts,
    deadlines: { ...caseDeadlines, ...partDeadlines },
    // Safety comes first: what stops a mediation is decided before anything else follows.
    consequences: [...safetyConsequences, ...agreementConsequences, ...workConsequences],
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
}

/** A complaint about parking: advice before contraventions, and neighbours who agree. */
export const parkingDispute: CaseType = communityCase(parkingComplaints);
/** A complaint about noise, animals or another disturbance: first, what may be hidden behind it. */
export const nuisance: CaseType = communityCase(nuisanceComplaints);
