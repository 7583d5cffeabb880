// Random moves in a violence case: any command by anyone at any time, and steps that lead somewhere.
import type { CaseView } from '@himaya/engine';
import { roles } from '../../src/index.ts';
import { goals } from './goals.ts';
import { ofMeeting, ofSettlement, ofWaiver } from './moves-of-accord.ts';
import { ofCare, ofFile, ofOrders, ofRisk } from './moves-of-danger.ts';
import { Draw, Situation, type Maker } from './situation.ts';

/** How each command is given. */
export const makers: Readonly<Record<string, Maker>> = {
  ...ofFile,
  ...ofRisk,
  ...ofOrders,
  ...ofCare,
  ...ofMeeting,
  ...ofSettlement,
  ...ofWaiver,
};
const anything = Object.keys(makers);
/** What ends a sequence, or most of it, or has the risk looked at anew each time, is given seldom. */
const seldom = [
  'MergeDuplicate',
  'TransferCase',
  'DeclareConflictOfInterest',
  'FlagAbuseEscalation',
  'RecordUndertakingBreach',
];

/** A command that somebody gives, and how long after the one before. */
export interface Move {
  readonly waitMs: number;
  readonly command: string;
  readonly input: object;
  readonly actor: { readonly staff: string; readonly role: string; readonly onBehalfOf?: string };
  /** How long ago it was. */
  readonly lateMs: number;
  readonly hasReason: boolean;
}

/** Every role that somebody of an office, or beside it, may have, by the letters of their names. */
const ROLES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(roles)
    .filter((role) => role !== 'SYS')
    .map((role) => [role.toLowerCase(), role]),
);
const people = [...Object.keys(ROLES).map((name) => `${name}1`), 'cw2', 'con2', 'sup2'];
const roleOf = (staff: string): string => ROLES[staff.replace(/\d/, '')] ?? 'INT';

/** Hours between two commands, in a hurried, a steady and a slow office. */
const paces = [
  [0, 0, 0, 0, 0, 0, 1, 5],
  [0, 0, 0, 0, 0, 1, 5, 25],
  [0, 0, 0, 0, 1, 5, 25, 24 * 8, 24 * 40],
];
const late = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 20, 30, 72];

/** The move that a number stands for in the case as it is; `temper` is that of the sequence. */
export function move(
  n: number,
  temper: number,
  view: CaseView,
  nowMs: number,
  other: string,
): Move {
  const draw = new Draw(n);
  const it = new Situation(view, nowMs, draw, other);
  const pace = paces[temper % paces.length] as readonly number[];
  const goal = goals[Math.floor(temper / paces.length) % goals.length];
  const [command, hours] = draw.below(5) < 3 && goal ? goal(it) : [anyCommand(draw)];
  const waitMs = (hours ?? draw.of(pace)) * 3_600_000;
  const then = new Situation(view, nowMs + waitMs, draw, other);
  const [by, input] = makers[command]?.(then) ?? ['int1', {}];
  // What a caseworker does is done by whoever leads the case.
  const usual = by === 'cw1' ? then.caseworker : by;
  return { waitMs, command, input, ...person(draw, usual), ...lateness(draw) };
}

function anyCommand(draw: Draw): string {
  const command = draw.of(anything);
  return seldom.includes(command) && !draw.once(4) ? draw.of(anything) : command;
}

/** Mostly whoever does such a thing; now and then anybody, in any role or in somebody's name. */
function person(draw: Draw, by: string): Pick<Move, 'actor'> {
  const staff = draw.once(12) ? draw.of(people) : by;
  const role = draw.once(30) ? draw.of(Object.values(ROLES)) : roleOf(staff);
  return {
    actor: { staff, role, ...(draw.once(40) ? { onBehalfOf: draw.of(people) } : {}) },
  };
}

function lateness(draw: Draw): Pick<Move, 'lateMs' | 'hasReason'> {
  return { lateMs: draw.of(late) * 3_600_000, hasReason: !draw.once(8) };
}
