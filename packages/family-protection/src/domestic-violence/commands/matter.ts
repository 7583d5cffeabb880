// Commands by which somebody is heard: as a complaint, as a report, or as what was a complaint.
import type { DecideView, NewEvent } from '@himaya/engine';
import { z } from 'zod';
import { at, ref } from '../../fields.ts';
import { ordinary } from '../../staff/duties.ts';
import { registering, triaging } from '../../staff/grants.ts';
import type { Context } from '../context.ts';
import { command, events, type Events } from '../head.ts';

const intake = events.IntakeStarted.shape;
const report = events.ReportRegistered.shape;
const complaint = events.ComplaintRegistered.shape;
const escalated = events.ComplaintEscalatedToReport.shape;

/** What is said at the counter beside the matter itself. */
const said = {
  channel: intake.channel.default('walkIn'),
  accessNeeds: intake.accessNeeds,
  language: intake.language,
  immediateDanger: z.boolean().default(false),
};
type Intake = z.output<typeof events.IntakeStarted>;
/** The same, as a registration hands it on. */
interface Said extends Pick<Intake, 'channel' | 'immediateDanger'> {
  readonly accessNeeds: Intake['accessNeeds'] | undefined;
  readonly language: Intake['language'] | undefined;
}

/** What may be left open when a matter is told. */
const told = {
  caseType: complaint.caseType.default('family.domesticViolence'),
  nonStatutoryFamily: z.boolean().default(false),
  incidentId: ref.default('reported'),
  incidentAt: at.exactOptional(),
  violenceTypes: complaint.violenceTypes.default([]),
  contextFlags: complaint.contextFlags.default([]),
  alleged: complaint.alleged.default([]),
};

const heard = ['IntakeStarted', 'AccessNeedsAnswered', 'SafetyConcernNoted'] as const;

/** A registration, with the first contact before it or with what has been said since that. */
function registered(
  registration: NewEvent<Events>,
  { channel, accessNeeds, language, immediateDanger }: Said,
  view: DecideView<Context>,
): NewEvent<Events>[] {
  const needs = accessNeeds === undefined ? {} : { accessNeeds };
  if (view.in('lifecycle.draft')) {
    const intakeKind =
      registration.type === 'ReportRegistered' ? ('report' as const) : ('complaint' as const);
    const speaks = language === undefined ? {} : { language };
    const data = { channel, intakeKind, immediateDanger, ...needs, ...speaks };
    return [{ type: 'IntakeStarted', data }, registration];
  }
  const since: NewEvent<Events>[] = [registration];
  if (immediateDanger) {
    since.push({ type: 'SafetyConcernNoted', data: { concerns: [], immediateDanger } });
  }
  if (accessNeeds !== undefined) since.push({ type: 'AccessNeedsAnswered', data: { accessNeeds } });
  return since;
}

/** Commands of a matter by name. */
export const matterCommands = {
  RegisterReport: command({
    input: z.strictObject({
      ...report,
      ...told,
      receivedAt: at.exactOptional(),
      receivedPlace: ref.default('office'),
      reporterCapacity: report.reporterCapacity.default('victim'),
      mandatoryReporter: z.boolean().default(false),
      ...said,
    }),
    polarity: 'protective',
    by: registering,
    duties: ordinary,
    opens: true,
    records: [...heard, 'ReportRegistered'],
    decide: ({ channel, accessNeeds, language, immediateDanger, ...matter }, view) => {
      const receivedAt = matter.receivedAt ?? view.occurredAt;
      const data = { ...matter, receivedAt, incidentAt: matter.incidentAt ?? receivedAt };
      const beside = { channel, accessNeeds, language, immediateDanger };
      return registered({ type: 'ReportRegistered', data }, beside, view);
    },
  }),
  RegisterComplaint: command({
    input: z.strictObject({ ...complaint, ...told, ...said }),
    polarity: 'protective',
    by: registering,
    duties: ordinary,
    opens: true,
    records: [...heard, 'ComplaintRegistered'],
    decide: ({ channel, accessNeeds, language, immediateDanger, ...matter }, view) => {
      const data = { ...matter, incidentAt: matter.incidentAt ?? view.occurredAt };
      const beside = { channel, accessNeeds, language, immediateDanger };
      return registered({ type: 'ComplaintRegistered', data }, beside, view);
    },
  }),
  EscalateComplaint: command({
    input: z.strictObject({
      reportNo: escalated.reportNo,
      legalBasis: escalated.legalBasis,
      trigger: escalated.trigger,
      victimInformed: escalated.victimInformed,
    }),
    polarity: 'neutral',
    by: triaging,
    duties: ordinary,
    records: ['ComplaintEscalatedToReport'],
    decide: (input, { context: { matter } }) => {
      const { complaintNo, incidentId = 'none' } = matter ?? {};
      const data = { ...input, complaintNo: complaintNo ?? 'none', incidentId };
      return [{ type: 'ComplaintEscalatedToReport', data }];
    },
  }),
};
