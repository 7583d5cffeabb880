// Commands of intake: the first contact, the complaint, the parties.
import { z } from 'zod';
import type { NewEvent } from '@himaya/engine';
import { command, events, type Events } from '../head.ts';
import { ordinary } from '../../staff/duties.ts';
import { ageBand, identity, day, partyRole, ref, relation, harmText } from '../../fields.ts';
import { ageFacts } from '../../parties/age.ts';
import { anyStaff, filing, registering } from '../../staff/grants.ts';
import type { CommunityType } from '../complaints.ts';
import { complaintEventsOf } from '../events/intake.ts';

const intake = events.IntakeStarted.shape;
const concernNoted = events.SafetyConcernNoted.shape;
type SaidAtIntake = z.output<typeof events.SafetyConcernNoted> &
  Partial<z.output<typeof events.AccessNeedsAnswered>>;
const age = { born: day.exactOptional(), band: ageBand.exactOptional() };

/** What a complaint says about needs and dangers when intake has begun before it. */
function saidSince(input: SaidAtIntake): NewEvent<Events>[] {
  const { accessNeeds, concerns, immediateDanger } = input;
  const said: NewEvent<Events>[] = [];
  if (concerns.length > 0 || immediateDanger) {
    said.push({ type: 'SafetyConcernNoted', data: { concerns, immediateDanger } });
  }
  if (accessNeeds !== undefined) said.push({ type: 'AccessNeedsAnswered', data: { accessNeeds } });
  return said;
}

/** Commands of intake by name. */
export const intakeCommands = {
  StartIntake: command({
    input: z.strictObject({
      ...intake,
      concerns: intake.concerns.default([]),
      immediateDanger: z.boolean().default(false),
    }),
    polarity: 'protective',
    by: registering,
    duties: ordinary,
    opens: true,
    records: 'IntakeStarted',
  }),
  NoteSafetyConcern: command({
    input: z.strictObject({
      concerns: concernNoted.concerns.default([]),
      immediateDanger: concernNoted.immediateDanger.default(false),
      toldBy: concernNoted.toldBy,
    }),
    polarity: 'protective',
    by: [...anyStaff, 'SYS'],
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
  AbandonIntake: command({
    input: events.IntakeAbandoned,
    polarity: 'restricted',
    by: registering,
    duties: ordinary,
    records: 'IntakeAbandoned',
  }),
  AddParty: command({
    input: z.strictObject({
      partyId: ref,
      person: identity('partyId'),
      partyRole,
      relationToComplainant: relation,
      ...age,
    }),
    polarity: 'neutral',
    by: filing,
    duties: ordinary,
    records: ['PartyAdded'],
    decide: ({ born, band, ...party }, view) => {
      const facts = ageFacts({ born, band }, view.context.complaint, view);
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
      const facts = ageFacts({ born, band }, view.context.complaint, view);
      return [{ type: 'PartyAgeCorrected', data: { ...rest, ...facts } }];
    },
  }),
  CorrectPartyRelation: command({
    input: events.PartyRelationCorrected,
    polarity: 'neutral',
    by: filing,
    duties: ordinary,
    records: 'PartyRelationCorrected',
  }),
};

/** Commands about the complaint itself. */
export function complaintCommandsOf(own: CommunityType) {
  const schemas = complaintEventsOf(own);
  const registered = schemas.ComplaintRegistered.shape;
  return {
    RegisterComplaint: command({
      input: z.strictObject({
        ...registered,
        caseType: registered.caseType.default(own),
        channel: intake.channel.default('walkIn'),
        accessNeeds: intake.accessNeeds,
        language: intake.language,
        concerns: intake.concerns.default([]),
        immediateDanger: z.boolean().default(false),
      }),
      polarity: 'protective',
      by: registering,
      duties: ordinary,
      opens: true,
      records: [
        'IntakeStarted',
        'ComplaintRegistered',
        'AccessNeedsAnswered',
        'SafetyConcernNoted',
      ],
      decide: (input, view) => {
        const { channel, accessNeeds, language, concerns, immediateDanger, ...complaint } = input;
        const first = ['draft', 'abandoned'].some((state) => view.in(`lifecycle.${state}`));
        const registration = { type: 'ComplaintRegistered' as const, data: complaint };
        if (!first) return [registration, ...saidSince(input)];
        const started = {
          channel,
          intakeKind: 'complaint' as const,
          concerns,
          immediateDanger,
          ...(accessNeeds === undefined ? {} : { accessNeeds }),
          ...(language === undefined ? {} : { language }),
        };
        return [{ type: 'IntakeStarted', data: started }, registration];
      },
    }),
    CorrectComplaint: command({
      input: schemas.ComplaintCorrected,
      polarity: 'neutral',
      by: filing,
      duties: ordinary,
      records: 'ComplaintCorrected',
    }),
  };
}
