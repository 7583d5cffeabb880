// What is taken over of a file of another type: who is in it, and who must not act here, either.
import type { DecideView, Instant, NewEvent, ReadView } from '@himaya/engine';
import { z } from 'zod';
import { homes } from '../household/links.ts';
import { ageBand, measureKind as measureKinds, officeId, ref, screeningResult } from '../fields.ts';
import { partsIn } from '../parts.ts';
import { measureKind, transferKind } from '../protection/parts.ts';
import { partyRole, relationToVictim } from './fields.ts';
import type { Events } from './head.ts';

/** What is read of a file of any type; what it does not remember is not known. */
const remembered = z.object({
  parties: z
    .record(
      z.string(),
      z.object({
        role: z.string(),
        isChild: z.boolean(),
        ageBand,
        ageAt: z.string().nullable(),
        toldBy: z.array(ref),
        relation: z.string(),
      }),
    )
    .default({}),
  screened: z.record(z.string(), z.unknown()).default({}),
  lead: ref.nullable().default(null),
  dutyOfficer: ref.nullable().default(null),
  office: officeId.nullable().default(null),
  conflicts: z.array(ref).default([]),
  investigators: z.array(ref).default([]),
  conciliators: z.array(ref).default([]),
  accessNeedsAnswered: z.boolean().default(false),
  dangerUnmet: z.boolean().default(false),
  households: homes.default([]),
});
type Remembered = z.output<typeof remembered>;
type Party = Remembered['parties'][string];
type PartyRole = z.output<typeof partyRole>;
type RelationToVictim = z.output<typeof relationToVictim>;

/** What the file that is taken over remembers. */
export function rememberedOf({ context }: Pick<ReadView, 'context'>): Remembered {
  return remembered.parse(context);
}

/** Roles of other types; whoever has none of these is first of all a witness. */
const ROLES: Readonly<Record<string, PartyRole>> = {
  complainant: 'victim',
  respondent: 'allegedAggressor',
  guardian: 'guardian',
  representative: 'legalRepresentative',
};
const STRANGERS = ['none', 'neighbour', 'colleague'];

/** Everyone in whom a screening found violence. */
function harmed({ screened }: Remembered): readonly string[] {
  return Object.keys(screened).filter((id) => screened[id] === screeningResult.enum.positive);
}

function roleOf(file: Remembered, partyId: string, { role, isChild }: Party): PartyRole {
  const known = partyRole.safeParse(role).data ?? ROLES[role] ?? 'witness';
  const victims = harmed(file);
  if (victims.includes(partyId)) return 'victim';
  if (isChild) return 'child';
  // Who came first is not the victim where somebody else was found to be.
  return known === 'victim' && victims.length > 0 ? 'reporter' : known;
}

/** How somebody stands to the victim, as far as the file before says it of the same person. */
function relationOf(file: Remembered, partyId: string, party: Party): RelationToVictim {
  if (roleOf(file, partyId, party) === 'victim') return 'self';
  const complainants = Object.entries(file.parties).filter(([, { role }]) =>
    ['complainant', 'victim'].includes(role),
  );
  const isSame =
    complainants.length === 1 &&
    complainants.every(([id, one]) => roleOf(file, id, one) === 'victim');
  if (!isSame) return 'unknown';
  if (STRANGERS.includes(party.relation)) return 'none';
  return relationToVictim.safeParse(party.relation).data ?? 'unknown';
}

/** The people of the file before, as this one knows them. */
export function partiesOf(file: Remembered): readonly NewEvent<Events>[] {
  return Object.entries(file.parties).map(([partyId, party]) => ({
    type: 'PartyTakenOver',
    data: {
      partyId,
      partyRole: roleOf(file, partyId, party),
      isChild: party.isChild,
      ageBand: party.ageBand,
      ...(party.ageAt === null ? {} : { ageAt: party.ageAt as Instant }),
      relationToVictim: relationOf(file, partyId, party),
      enteredBy: party.toldBy,
    },
  }));
}

/** What protects somebody already: it is in this file from its first moment, and reviewed here. */
export function protectionOf(
  { parts }: Pick<ReadView, 'parts'>,
  { calendar, policy, occurredAt }: Pick<DecideView, 'calendar' | 'policy' | 'occurredAt'>,
): readonly NewEvent<Events>[] {
  const reviewDue = calendar.add(occurredAt, policy.duration('T-MEASURE'));
  const measures = partsIn(parts.all(measureKind), 'active').map(
    ({ id, context }): NewEvent<Events> => ({
      type: 'ProtectiveMeasureStarted',
      data: {
        measureId: id,
        kind: measureKinds.parse(context.kind),
        owner: context.owner,
        reviewDue,
      },
    }),
  );
  const transfers = partsIn(parts.all(transferKind), 'ordered').map(
    ({ id, context: { partyId } }): NewEvent<Events> => ({
      type: 'MedicalTransferOrdered',
      data: { transferId: id, ...(partyId === null ? {} : { partyId }) },
    }),
  );
  return [...measures, ...transfers];
}

/** The households whose other cases are asked here, too; who somebody is there stays the same. */
export function homesOf({ households }: Remembered): readonly NewEvent<Events>[] {
  return households.map(({ householdId, as, linkedBy }) => ({
    type: 'HouseholdLinked',
    data: { householdId, as, enteredBy: linkedBy },
  }));
}

/** An immediate danger that nobody has met in the file before. */
export function unmetDanger({ dangerUnmet }: Remembered): readonly NewEvent<Events>[] {
  if (!dangerUnmet) return [];
  return [{ type: 'SafetyConcernNoted', data: { concerns: [], immediateDanger: true } }];
}
