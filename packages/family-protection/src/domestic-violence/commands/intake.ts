// Commands of intake: the first contact, dangers, the people. None of them can be refused a victim.
import { z } from 'zod';
import { ageBand, harmText, identity, day, ref } from '../../fields.ts';
import { ageFacts } from '../../parties/age.ts';
import { ordinary } from '../../staff/duties.ts';
import { anyStaff, filing, heading, registering } from '../../staff/grants.ts';
import { partyRole, relationToVictim } from '../fields.ts';
import { command, events } from '../head.ts';

const intake = events.IntakeStarted.shape;
const added = events.PartyAdded.shape;
const needs = events.PartyNeedsAnswered.shape;
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
  NoteSafetyConcern: command({
    input: z.strictObject({
      ...events.SafetyConcernNoted.shape,
      concerns: events.SafetyConcernNoted.shape.concerns.default([]),
      immediateDanger: z.boolean().default(false),
    }),
    polarity: 'protective',
    // Other files tell of a danger, too.
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
  AddParty: command({
    input: z.strictObject({
      partyId: ref,
      person: identity('partyId'),
      partyRole,
      relationToVictim: relationToVictim.default('unknown'),
      careNeeded: added.careNeeded,
      interviewerPreferred: added.interviewerPreferred,
      interpreterNeeded: added.interpreterNeeded,
      ...age,
    }),
    polarity: 'protective',
    by: filing,
    duties: ordinary,
    records: ['PartyAdded'],
    decide: ({ born, band, ...party }, view) => {
      const facts = ageFacts({ born, band }, view.context.matter, view);
      return [{ type: 'PartyAdded', data: { ...party, ...facts } }];
    },
  }),
  AnswerPartyNeeds: command({
    input: z
      .strictObject(needs)
      .refine((answers) => Object.keys(answers).length > 1, 'something is answered'),
    polarity: 'neutral',
    by: ['RCP', ...filing],
    duties: ordinary,
    records: 'PartyNeedsAnswered',
  }),
  AssignLanguageSupport: command({
    input: events.LanguageSupportAssigned,
    polarity: 'protective',
    by: filing,
    duties: ordinary,
    records: 'LanguageSupportAssigned',
  }),
  CorrectPartyAge: command({
    input: z.strictObject({
      partyId: ref,
      corrects: z.int().min(0),
      why: harmText('partyId'),
      ...age,
    }),
    polarity: 'neutral',
    by: [...filing, 'HEAD'],
    duties: ordinary,
    records: ['PartyAgeCorrected'],
    decide: ({ born, band, ...rest }, view) => {
      const facts = ageFacts({ born, band }, view.context.matter, view);
      return [{ type: 'PartyAgeCorrected', data: { ...rest, ...facts } }];
    },
  }),
  ChangePartyRole: command({
    input: z.strictObject({ partyId: ref, to: partyRole, why: harmText('partyId') }),
    polarity: 'neutral',
    by: [...filing, 'HEAD'],
    duties: ordinary,
    records: ['PartyRoleChanged'],
    decide: (input, { context }) => [
      {
        type: 'PartyRoleChanged',
        data: { ...input, from: context.parties[input.partyId]?.role ?? input.to },
      },
    ],
  }),
  RemoveParty: command({
    input: z.strictObject({ partyId: ref, why: harmText('partyId') }),
    polarity: 'restricted',
    by: heading,
    duties: ordinary,
    records: ['PartyRemoved'],
    decide: (input, { context }) => [
      {
        type: 'PartyRemoved',
        data: { ...input, from: context.parties[input.partyId]?.role ?? 'witness' },
      },
    ],
  }),
  RecordRelationship: command({
    input: events.RelationshipRecorded.omit({ statutoryFamily: true }),
    polarity: 'neutral',
    by: filing,
    duties: ordinary,
    records: ['RelationshipRecorded'],
    decide: (input, { policy }) => {
      const statutoryFamily = policy.list('family.statutory').includes(input.relation);
      return [{ type: 'RelationshipRecorded', data: { ...input, statutoryFamily } }];
    },
  }),
};
