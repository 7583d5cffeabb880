// Who may give which kind of command, after the table of permissions.
import type { Grant } from '@himaya/engine';
import { roles, type Role } from '../roles.ts';

const assigned = (role: Role): Grant => ({ role, assigned: true });
const anyOf = (...named: readonly Role[]): readonly Grant[] => named;

/** Registering a complaint. */
export const registering = anyOf('INT', 'CW', 'INV', 'SUP', 'HEAD', 'CP');
/** Keeping the file: parties, access needs, corrections. */
export const filing: readonly Grant[] = ['INT', 'INV', 'CP', 'SUP', assigned('CW')];
/** Screening for harm. */
export const screening: readonly Grant[] = [
  'INT',
  'CP',
  'SUP',
  assigned('CW'),
  assigned('PSY'),
  assigned('INV'),
];
/** Screening someone for violence, alone: what assessing risk is in other procedures. */
export const assessing: readonly Grant[] = [
  'INT',
  'SUP',
  assigned('CW'),
  assigned('FIO'),
  assigned('PSY'),
  assigned('INV'),
];
/** Triage. */
export const triaging = anyOf('INT', 'SUP');
/** Assigning, merging and other decisions of a supervisor. */
export const supervising = anyOf('SUP');
/** Decisions of a supervisor or the head of the office. */
export const heading = anyOf('SUP', 'HEAD');
/** Work in the street. */
export const patrolling = anyOf('CP', 'INV');
/** Planning work in the street. */
export const planning = anyOf('CP', 'INV', 'SUP');
/** Referring to partners and sharing with them. */
export const sharing: readonly Grant[] = [assigned('CW'), 'SUP'];
/** Following what partners do. */
export const following: readonly Grant[] = [assigned('CW'), 'SUP', 'CP'];
/** Taking consent. */
export const consenting: readonly Grant[] = [
  'INT',
  'SUP',
  assigned('CW'),
  assigned('FIO'),
  assigned('PSY'),
  assigned('CON'),
];
/** Offering mediation, conducting sessions and recording what comes of them. */
export const conducting: readonly Grant[] = [assigned('CON'), 'CP'];
/** Anyone of the office's staff who deals with parties. */
export const anyStaff = anyOf(
  'RCP',
  'INT',
  'CW',
  'FIO',
  'PSY',
  'INV',
  'CON',
  'SUP',
  'HEAD',
  'CP',
  'LEG',
);
/** Emergencies: every person, whatever their work. Nobody is refused one; readers see it said. */
export const protecting = (Object.keys(roles) as Role[]).filter((role) => role !== 'SYS');
/** Proposing a closure. */
export const proposing: readonly Grant[] = [assigned('CW'), 'CP'];
/** Reopening: anyone assigned, or a supervisor. */
export const reopening: readonly Grant[] = [
  ...(['CW', 'CON', 'CP', 'INT', 'INV', 'PSY', 'FIO', 'LEG'] as const).map(assigned),
  'SUP',
  'HEAD',
];
/** Moving a case to another type: whoever sees the danger. */
export const reclassifying: readonly Grant[] = [
  'INT',
  'INV',
  'CP',
  'SUP',
  'HEAD',
  assigned('CW'),
  assigned('CON'),
];
