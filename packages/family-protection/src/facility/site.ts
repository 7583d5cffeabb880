// A building of the office: entrances, zones, the ways between them, and rooms with certificates.
import {
  caseType,
  fromDue,
  instantOf,
  msOf,
  type CaseType,
  type Instant,
  type PartView,
} from '@himaya/engine';
import { assign, setup } from 'xstate';
import { z } from 'zod';
import { at, ref } from '../fields.ts';
import { words } from '../household/fields.ts';
import { refuse } from '../wording/wording.ts';
import { roles } from '../roles.ts';
import { ofSiteHouse } from './house.ts';
import { siteLabels } from './site-labels.ts';

const zoneKind = z.enum([
  'reception',
  'victimWaiting',
  'publicWaiting',
  'corridor',
  'roomZone',
  'parking',
  'staff',
]);
const described = z.strictObject({
  siteId: ref,
  officeId: ref,
  zones: z.array(z.strictObject({ zoneId: ref, kind: zoneKind })).min(1),
  entrances: z
    .array(
      z.strictObject({
        entranceId: ref,
        kind: z.enum(['victimIndependent', 'public', 'respondent', 'custody', 'staff']),
        opensTo: ref,
        accessible: z.boolean(),
      }),
    )
    .min(1),
  adjacency: z.array(z.tuple([ref, ref])),
});
/** Kinds of rooms. */
export const roomKind = z.enum([
  'interview',
  'forensic',
  'reconciliation',
  'care',
  'maternity',
  'visitation',
]);
const commissioned = z.strictObject({
  siteId: ref,
  roomId: ref,
  kind: roomKind,
  /** The zones that its doors open to. */
  zones: z.array(ref).min(1),
  capacity: z.int().min(1).max(100),
  features: z.array(z.string().max(40)).max(40),
});
const certified = z.strictObject({ siteId: ref, roomId: ref, certRef: ref, validUntil: at });
const fault = z.strictObject({ siteId: ref, roomId: ref, equipmentId: ref, kind: ref });
const room = z.strictObject({ siteId: ref, roomId: ref });

const contextSchema = z.object({ site: described.nullable() });
/** A building as it was last described. */
export type SiteMap = z.output<typeof described>;

const t = caseType({
  name: 'facility.site',
  version: '1.0.0',
  category: 'site',
  policy: 'baseline',
  title: words('Building', 'المبنى'),
  context: contextSchema,
  events: {
    SiteDescribed: described,
    RoomCommissioned: commissioned,
    RoomCertified: certified,
    RoomCertificateExpired: room,
    RoomTakenOutOfService: room.extend({ reason: z.string().min(1).max(500) }),
    RoomReturnedToService: room,
    EquipmentFaultReported: fault,
    EquipmentRestored: fault,
  },
});

/** A room and what may be said of it. */
export interface Room {
  readonly kind: z.output<typeof roomKind>;
  readonly zones: readonly string[];
  readonly capacity: number;
  readonly features: readonly string[];
  readonly validUntil: Instant | null;
  /** Equipment that does not work, by its id: its kind. */
  readonly faults: Readonly<Record<string, string>>;
}
/** Rooms of a building. */
export const roomPart = t.part<Room>('room');

type Opened = { readonly event: { readonly type: string; readonly data: unknown } };

/** The chart of a room. */
export const roomChart = setup({ types: roomPart.types }).createMachine({
  id: 'room',
  context: ({ input }) => {
    const { data } = (input as Opened).event;
    const { kind, zones, capacity, features } = data as z.output<typeof commissioned>;
    return { kind, zones, capacity, features, validUntil: null, faults: {} };
  },
  initial: 'inService',
  on: {
    RoomCertified: { actions: assign({ validUntil: ({ event }) => event.data.validUntil }) },
    RoomCertificateExpired: { actions: assign({}) },
    EquipmentFaultReported: {
      actions: assign({
        faults: ({ context, event }) => ({
          ...context.faults,
          [event.data.equipmentId]: event.data.kind,
        }),
      }),
    },
    EquipmentRestored: {
      actions: assign({
        faults: ({ context, event }) =>
          Object.fromEntries(
            Object.entries(context.faults).filter(([id]) => id !== event.data.equipmentId),
          ),
      }),
    },
  },
  states: {
    inService: { on: { RoomTakenOutOfService: 'outOfService' } },
    outOfService: { on: { RoomReturnedToService: 'inService' } },
  },
});

const rules = t.rules({
  described: t.rule(['RoomCommissioned'], {
    ...refuse('ZONE_UNKNOWN', 'rooms', 'The building has no such zone.', 'لا توجد هذه المنطقة.'),
    holds: ({ context, event }) =>
      event.data.zones.every((zone) => context.site?.zones.some(({ zoneId }) => zoneId === zone)),
  }),
  equipped: t.rule(['RoomCommissioned'], {
    ...refuse(
      'ROOM_FEATURES_MISSING',
      'rooms',
      'The room lacks what its kind must have.',
      'تنقص الغرفة تجهيزات واجبة.',
    ),
    holds: ({ event, policy }) =>
      policy
        .list(`room.features.${event.data.kind}`)
        .every((feature) => event.data.features.includes(feature)),
  }),
});

/** The chart of a building. */
export const siteChart = setup({ types: t.types }).createMachine({
  id: 'site',
  context: { site: null },
  initial: 'known',
  states: {
    known: {
      on: { SiteDescribed: { actions: assign({ site: ({ event }) => event.data }) } },
    },
  },
});

const by = ['FAC', 'HEAD'] as const;
const part = { kind: 'room', field: 'roomId' };
const duties = [ofSiteHouse];
const ofRoom = { polarity: 'neutral' as const, by, part, duties };

/** A building, its rooms, and when their certificates have to be renewed. */
export const site: CaseType = t.define({
  chart: siteChart,
  requires: { RoomCommissioned: rules.allOf('described', 'equipped') },
  commands: {
    DescribeSite: {
      input: described,
      polarity: 'neutral',
      by,
      duties,
      opens: true,
      keyedBy: (input) => input.siteId,
      records: 'SiteDescribed',
    },
    CommissionRoom: { ...ofRoom, input: commissioned, records: 'RoomCommissioned' },
    CertifyRoom: { ...ofRoom, input: certified, records: 'RoomCertified' },
    TakeRoomOutOfService: {
      ...ofRoom,
      polarity: 'protective',
      by: [...by, 'RCP', 'SUP'],
      input: room.extend({ reason: z.string().min(1).max(500) }),
      records: 'RoomTakenOutOfService',
    },
    ReturnRoomToService: { ...ofRoom, input: room, records: 'RoomReturnedToService' },
    ReportEquipmentFault: {
      ...ofRoom,
      polarity: 'protective',
      by: [...by, 'RCP', 'SUP', 'FIO', 'CW', 'SYS'],
      input: fault,
      records: 'EquipmentFaultReported',
    },
    RestoreEquipment: { ...ofRoom, input: fault, records: 'EquipmentRestored' },
  },
  parts: {
    room: {
      chart: roomChart,
      key: (event) => (event.data as { readonly roomId: string }).roomId,
      opens: ['RoomCommissioned'],
      on: [
        'RoomCertified',
        'RoomCertificateExpired',
        'RoomTakenOutOfService',
        'RoomReturnedToService',
        'EquipmentFaultReported',
        'EquipmentRestored',
      ],
    },
  },
  deadlines: {
    certificateRenewal: {
      code: 'T-ROOMCERT',
      part: 'room',
      armedBy: ['RoomCertified'],
      disarmedBy: ['RoomCertified'],
      dueAt: ({ event, policy }) =>
        event.type === 'RoomCertified'
          ? before(event.data.validUntil, policy.number('T-ROOMCERT'))
          : undefined,
      marks: [fromDue({ value: 0, unit: 'days' }, 'FAC')],
    },
    certificateEnd: {
      code: 'T-ROOMCERT-END',
      part: 'room',
      armedBy: ['RoomCertified'],
      disarmedBy: ['RoomCertified'],
      dueAt: ({ event }) => (event.type === 'RoomCertified' ? event.data.validUntil : undefined),
      marks: [fromDue({ value: 0, unit: 'days' }, 'HEAD')],
    },
  },
  consequences: [
    {
      name: 'a certificate ends',
      on: ['DeadlineReached'],
      when: ({ event }) => (event.data as { readonly code?: string }).code === 'T-ROOMCERT-END',
      record: ({ event, context }) => [
        {
          type: 'RoomCertificateExpired',
          data: {
            siteId: context.site?.siteId ?? 'unknown',
            roomId: (event.data as unknown as { readonly part: string }).part,
          },
        },
      ],
    },
  ],
  labels: { ...siteLabels, roles },
});

function before(end: Instant, days: number): Instant {
  return instantOf(msOf(end) - days * 86_400_000);
}

/** A room as a part of its building. */
export type RoomView = PartView<Room>;
