// Who may give which kind of command in a family case, after the table of permissions.
import type { Grant } from '@himaya/engine';
import type { Role } from '../../roles.ts';

const assigned = (role: Role): Grant => ({ role, assigned: true });

/** Assessing the risk: a forensic interviewer tells what a child said, and assesses nothing. */
export const assessingRisk: readonly Grant[] = [
  'INT',
  'SUP',
  assigned('CW'),
  assigned('PSY'),
  assigned('INV'),
];
/** Proposing to lower a level, and to close. */
export const proposing: readonly Grant[] = [assigned('CW'), assigned('PSY')];
/** Proposing a closure. */
export const proposingClosure: readonly Grant[] = [assigned('CW')];
/** Lowering a level, reviewing and returning a closure. */
export const approving: readonly Grant[] = ['SUP', 'HEAD'];
/** Agreeing on a safety plan. */
export const planning: readonly Grant[] = ['INT', 'SUP', assigned('CW'), assigned('PSY')];
/** Requesting a protection order. */
export const requesting: readonly Grant[] = [
  assigned('CW'),
  assigned('INV'),
  'SUP',
  'HEAD',
  'LEG',
];
/** Recording what authorities decided on an order. */
export const recording: readonly Grant[] = [assigned('CW'), 'INV', 'SUP', 'HEAD', 'LEG'];
/** Taking an undertaking, and recording a breach of it or of an order: community police see it first. */
export const recordingBreach: readonly Grant[] = [...recording, 'CP'];
/** Recording an incident. */
export const reporting: readonly Grant[] = [
  'INT',
  'INV',
  'CP',
  'SUP',
  'HEAD',
  'LEG',
  'CW',
  'PSY',
  'FIO',
  'CON',
];
/** Keeping in touch with the victim. */
export const contacting: readonly Grant[] = [assigned('CW'), assigned('PSY'), 'SUP', 'INV', 'CP'];
/** Completing the statutory record. */
export const investigating: readonly Grant[] = ['INT', assigned('CW'), 'INV', 'SUP', 'LEG'];
/** Hearing adults: taking somebody's statement. */
export const interviewing: readonly Grant[] = ['INT', assigned('CW'), assigned('PSY'), 'INV'];
/** Seeing a recording of an interview. */
export const viewing: readonly Grant[] = [
  assigned('FIO'),
  assigned('PSY'),
  assigned('INV'),
  assigned('LEG'),
  assigned('SUP'),
  'PRV',
];
/** Proposing a referral to the prosecution. */
export const prosecuting: readonly Grant[] = [assigned('CW'), 'INV', 'LEG'];
/** Care that an authority ordered: shelter and removal. */
export const placing: readonly Grant[] = [assigned('CW'), 'INV', 'SUP', 'HEAD', 'LEG'];
/** Helping: needs, plans, support. */
export const helping: readonly Grant[] = [assigned('CW'), assigned('PSY'), 'SUP'];
/** Screening a child of the household. */
export const screeningChildren: readonly Grant[] = [
  assigned('CW'),
  assigned('FIO'),
  assigned('PSY'),
  'SUP',
];
/** Offering reconciliation and conducting sessions: in a family case no community police. */
export const conducting: readonly Grant[] = [assigned('CON')];
/** Judging whether reconciliation is possible, and giving it up. */
export const judging: readonly Grant[] = [...conducting, 'SUP'];
/** Looking whether a settlement is kept. */
export const monitoring: readonly Grant[] = [assigned('CW'), ...conducting, 'SUP'];
/** Hearing whoever wants to take a complaint back. */
export const waiving: readonly Grant[] = [assigned('CW'), assigned('PSY'), 'INV', 'LEG'];
