// Law five of domestic violence, beginning with its dangers: intake, risk, orders, closure.
import { expect, test } from 'vitest';
import type { Step } from '../alley.ts';
import { as, until } from '../violence.ts';
import { makers } from './moves.ts';
import { ofMeeting, ofSettlement } from './moves-of-accord.ts';
import { isNightly, LIMIT_MS, play } from './property.ts';

const SEED = Number(process.env['HIMAYA_SEED'] ?? 20_270_110);
const RUNS = isNightly ? 10_000 : 500;
/** Every one of these is met at least so often; nightly ones are the many that this rests on. */
const LEAST = isNightly ? 400 : 20;

/** Before anything is told of whom: a first contact, and an emergency that opens the file. */
const beginnings: readonly (readonly Step[])[] = [
  [as('int1', 'StartIntake', { channel: 'phone', intakeKind: 'report' })],
  [as('cp1', 'StartProtectiveMeasure', { kind: 'separation' })],
];
const ways = [...Object.values(until), ...beginnings];

/** What takes long to reach is met less often. */
const farther = ['CaseTransferred', 'ComplaintWaived', 'NoticeSent', 'ReinterviewJustified'];
const met = [
  'CaseClosed',
  'CaseReopened',
  'IncidentRecorded',
  'IncidentCorrected',
  'InterviewStarted',
  'InterviewCompleted',
  'UndertakingSigned',
  'UndertakingBreached',
  'AbuseEscalationFlagged',
  'RiskDowngradeApproved',
  'ProtectionOrderIssued',
  'ProtectionOrderServed',
  'ProtectionOrderExpired',
  'ProtectionOrderRevoked',
  'ProtectionOrderBreached',
  'BreachReferred',
  'ReferredToProsecution',
  'VictimNotifiedOfRelease',
  'ReferralMade',
  'DisclosureLogged',
  'ConsentWithdrawn',
  'ShelterPlacementOrdered',
  'risk.imminent',
  'refused HIGH_RISK_CLOSURE_REQUIRES_REVIEW',
  'refused RISK_DOWNGRADE_NOT_APPROVED',
  'refused STATUTORY_RECORD_INCOMPLETE',
  'refused WAIVER_NOT_PERMITTED',
  'refused NO_DISCLOSURE_BASIS',
  'refused UNSAFE_CONTACT_CHANNEL',
  'refused SEPARATION_OF_DUTIES',
  'refused JOINT_INTERVIEW_FORBIDDEN',
  'refused LATE_ENTRY_REASON_REQUIRED',
];

test(`law 5 › any commands after a danger, seed ${SEED} › break no invariant`, async () => {
  const tally = await play(ways, SEED, RUNS);
  const rare = [
    ...met.filter((what) => tally.of(what) < LEAST),
    ...farther.filter((what) => tally.of(what) < LEAST / 4),
  ];
  expect(rare.map((what) => `${what} ${tally.of(what)}`)).toEqual([]);
  // What only a session or a settlement leads to is met in the sequences around an accord.
  const there = { ...ofMeeting, ...ofSettlement };
  const here = Object.keys(makers).filter((command) => !(command in there));
  const never = here.filter((command) => tally.of(`accepted ${command}`) === 0);
  expect(never).toEqual([]);
}, LIMIT_MS);
