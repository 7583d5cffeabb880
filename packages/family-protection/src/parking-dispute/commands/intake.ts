// Commands of intake: the first contact, the complaint, the parties.
import { z } from 'zod';
import { command, events } from '../head.ts';
import { declaring, ordinary } from '../duties.ts';
import { ageBand, identity, localDate, partyRole, ref, relation, harmText } from '../fields.ts';
import { ageFacts } from './age.ts';
import { anyStaff, filing, registering } from './grants.ts';

const registered = events.ComplaintRegistered.shape;
const intake = events.IntakeStarted.shape;
const age = { born: localDate.exactOptional(), band: ageBand.exactOptional() };

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
  RegisterComplaint: command({
    input: z.strictObject({
      ...registered,
      caseType: z.literal('community.parkingDispute').default('community.parkingDispute'),
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
    records: ['IntakeStarted', 'ComplaintRegistered'],
    decide: (input, view) => {
      const { channel, accessNeeds, language, concerns, immediateDanger, ...complaint } = input;
      const first = ['draft', 'abandoned'].some((state) => view.in(`lifecycle.${state}`));
      const registration = { type: 'ComplaintRegistered' as const, data: complaint };
      if (!first) return [registration];
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
  AnswerAccessNeeds: command({
    input: events.AccessNeedsAnswered,
    polarity: 'neutral',
    by: filing,
    duties: ordinary,
    records: 'AccessNeedsAnswered',
  }),
  CorrectComplaint: command({
    input: events.ComplaintCorrected,
    polarity: 'neutral',
    by: filing,
    duties: ordinary,
    records: 'ComplaintCorrected',
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
    decide: ({ born, band, ...party }, view) => [
      { type: 'PartyAdded', data: { ...party, ...ageFacts({ born, band }, view) } },
    ],
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
    decide: ({ born, band, ...rest }, view) => [
      { type: 'PartyAgeCorrected', data: { ...rest, ...ageFacts({ born, band }, view) } },
    ],
  }),
  DeclareConflictOfInterest: command({
    input: z.strictObject({ partyId: ref }),
    polarity: 'protective',
    by: anyStaff,
    duties: declaring,
    records: ['ConflictOfInterestDeclared'],
    decide: ({ partyId }, { actor }) => [
      { type: 'ConflictOfInterestDeclared', data: { staff: actor.staff, partyId } },
    ],
  }),
};
