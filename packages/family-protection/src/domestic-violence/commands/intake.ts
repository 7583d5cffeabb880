// Commands of intake: the first contact, the report, the people. None of them can be refused a victim.
import type { NewEvent } from '@himaya/engine';
import { z } from 'zod';
import { ageBand, at, harmText, identity, day, ref } from '../../fields.ts';
import { ageFacts } from '../../parties/age.ts';
import { ordinary } from '../../staff/duties.ts';
import { anyStaff, filing, registering } from '../../staff/grants.ts';
import { partyRole, relationToVictim } from '../fields.ts';
import { command, events, type Events } from '../head.ts';

const intake = events.IntakeStarted.shape;
const report = events.ReportRegistered.shape;
const age = { born: day.exactOptional(), band: ageBand.exactOptional() };

/** Commands of intake by name. */
export const intakeCommands = {
  StartIntake: command({
    input: z.strictObject({ ...intake, immediateDanger: z.boolean().default(false) }),
    polarity: 'protective',
    by: registering,
    duties: ordinary,
    opens: true,
    records: 'IntakeStarted',
  }),
  RegisterReport: command({
    input: z.strictObject({
      ...report,
      caseType: report.caseType.default('family.domesticViolence'),
      nonStatutoryFamily: z.boolean().default(false),
      receivedAt: at.exactOptional(),
      receivedPlace: ref.default('office'),
      reporterCapacity: report.reporterCapacity.default('victim'),
      mandatoryReporter: z.boolean().default(false),
      incidentId: ref.default('reported'),
      incidentAt: at.exactOptional(),
      violenceTypes: report.violenceTypes.default([]),
      contextFlags: report.contextFlags.default([]),
      alleged: report.alleged.default([]),
      channel: intake.channel.default('walkIn'),
      accessNeeds: intake.accessNeeds,
      language: intake.language,
      immediateDanger: z.boolean().default(false),
    }),
    polarity: 'protective',
    by: registering,
    duties: ordinary,
    opens: true,
    records: ['IntakeStarted', 'ReportRegistered', 'AccessNeedsAnswered', 'SafetyConcernNoted'],
    decide: (input, view) => {
      const { channel, accessNeeds, language, immediateDanger, ...told } = input;
      const receivedAt = told.receivedAt ?? view.occurredAt;
      const incidentAt = told.incidentAt ?? receivedAt;
      const registration: NewEvent<Events> = {
        type: 'ReportRegistered',
        data: { ...told, receivedAt, incidentAt },
      };
      if (view.in('lifecycle.draft')) {
        const data = {
          channel,
          intakeKind: 'report' as const,
          immediateDanger,
          ...(accessNeeds === undefined ? {} : { accessNeeds }),
          ...(language === undefined ? {} : { language }),
        };
        return [{ type: 'IntakeStarted', data }, registration];
      }
      const since: NewEvent<Events>[] = [registration];
      if (immediateDanger) since.push({ type: 'SafetyConcernNoted', data: { immediateDanger } });
      if (accessNeeds !== undefined) {
        since.push({ type: 'AccessNeedsAnswered', data: { accessNeeds } });
      }
      return since;
    },
  }),
  NoteSafetyConcern: command({
    input: z.strictObject({
      immediateDanger: z.boolean().default(false),
      note: events.SafetyConcernNoted.shape.note,
    }),
    polarity: 'protective',
    by: anyStaff,
    duties: ordinary,
    records: 'SafetyConcernNoted',
  }),
  AnswerAccessNeeds: command({
    input: events.AccessNeedsAnswered,
    polarity: 'neutral',
    by: filing,
    duties: ordinary,
    records: 'AccessNeedsAnswered',
  }),
  AddParty: command({
    input: z.strictObject({
      partyId: ref,
      person: identity('partyId'),
      partyRole,
      relationToVictim: relationToVictim.default('unknown'),
      ...age,
    }),
    polarity: 'protective',
    by: filing,
    duties: ordinary,
    records: ['PartyAdded'],
    decide: ({ born, band, ...party }, view) => {
      const facts = ageFacts({ born, band }, view.context.report, view);
      return [{ type: 'PartyAdded', data: { ...party, ...facts } }];
    },
  }),
  CorrectPartyAge: command({
    input: z.strictObject({
      partyId: ref,
      corrects: z.int().min(0),
      why: harmText('partyId'),
      ...age,
    }),
    polarity: 'neutral',
    by: filing,
    duties: ordinary,
    records: ['PartyAgeCorrected'],
    decide: ({ born, band, ...rest }, view) => {
      const facts = ageFacts({ born, band }, view.context.report, view);
      return [{ type: 'PartyAgeCorrected', data: { ...rest, ...facts } }];
    },
  }),
};
