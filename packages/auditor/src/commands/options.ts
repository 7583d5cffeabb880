// himaya options: what someone in a role may do in a case now, what is blocked, and why.
import type { CaseOptions, CaseType, CaseView, CommandOption } from '@himaya/engine';
import { parseInstant, msOf, type Actor } from '@himaya/engine';
import { openArchive, type Archive } from '../archive.ts';
import {
  caseTypeOfView,
  deadlineName,
  labelled,
  localTime,
  named,
  partName,
  stateNames,
} from '../definitions.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { noInstant, noRole, optionsRefused } from '../mistakes.ts';
import type { Session } from '../session.ts';
import { caseJson } from './replay.ts';

/** Options of `himaya options`. */
export interface RoleOptions {
  readonly as: string;
  /** Who it is. Default: the last one in that role who acted in the case. */
  readonly staff?: string;
  /** When. Default: now, or the last event's instant when that is later. */
  readonly at?: string;
}

/** Shows what a role may do in a case. Writes nothing into the store. */
export async function showOptions(
  session: Session,
  caseId: string,
  { as: role, staff: givenStaff, at }: RoleOptions,
): Promise<ExitCode> {
  const atMs = at === undefined ? session.nowMs : momentOf(at);
  requireRole(session, role);
  const archive = await openArchive(session);
  try {
    const view = await archive.require(caseId);
    archive.askAt(view, atMs);
    const acted = await lastActor(archive, caseId, role);
    const staff = givenStaff ?? acted?.staff ?? 'auditor';
    const actor = { staff, role, office: acted?.office ?? 'AUDIT' };
    const found = await archive.engine.options(caseId, actor);
    if ('refused' in found) {
      throw optionsRefused(found.refused.map(({ code }) => code));
    }
    const { out, options } = session;
    if (options.json) {
      const { commands, deadlines } = found;
      await out.json({ actor, commands, deadlines, case: caseJson(session, view) });
    } else await show(session, view, found, actor);
    return EXIT.ok;
  } finally {
    await archive.close();
  }
}

function momentOf(at: string): number {
  const found = parseInstant(at);
  if (found !== undefined) return msOf(found);
  throw noInstant(at);
}

function requireRole({ definitions }: Session, role: string): void {
  const roles = definitions.caseTypes.flatMap(({ labels, commands }) => [
    ...Object.keys(labels.roles),
    ...Object.values(commands).flatMap(({ by }) =>
      by.map((grant) => (typeof grant === 'string' ? grant : grant.role)),
    ),
  ]);
  const known = [...new Set(roles)].sort();
  if (known.includes(role)) return;
  throw noRole(role, known);
}

async function lastActor(
  archive: Archive,
  caseId: string,
  role: string,
): Promise<{ readonly staff: string; readonly office: string } | undefined> {
  let last: { readonly staff: string; readonly office: string } | undefined;
  for await (const { actor } of archive.events(caseId)) if (actor.role === role) last = actor;
  return last;
}

const ORDER = { open: 0, depends: 1, unjudged: 2, blocked: 3 } as const;

async function show(
  session: Session,
  view: CaseView,
  found: CaseOptions,
  actor: Actor,
): Promise<void> {
  const { out, speech, definitions } = session;
  const { say } = speech;
  const caseType = caseTypeOfView(definitions, view);
  const time = localTime(definitions, caseType, view.policyVersion);
  const who = `${named(caseType?.labels.roles, actor.role, speech)} ${actor.staff}`;
  await out.line(out.colours.bold(`${who} · ${say('case')} ${view.caseId}`));
  await out.line(`${say('states')}: ${stateNames(caseType, view.states, speech)}`, 2);
  const commands = [...found.commands].sort((a, b) => ORDER[a.status] - ORDER[b.status]);
  for (const option of commands) await showOption(session, option, caseType);
  if (found.deadlines.length > 0) await out.line(`${say('deadlines')}:`);
  for (const deadline of found.deadlines) {
    const { dueAt, status } = deadline;
    const is = status === 'reached' ? say('reached') : say('due');
    const name = deadlineName(caseType?.labels.deadlines, deadline, speech);
    await out.line(`${name}: ${is} ${time(dueAt)}`, 2);
  }
}

async function showOption(
  { out, speech }: Session,
  { command, part, status, violations, fields }: CommandOption,
  caseType: CaseType | undefined,
): Promise<void> {
  const { say, pick, comma } = speech;
  const { green, yellow, red, dim } = out.colours;
  const colour = { open: green, depends: yellow, unjudged: red, blocked: red }[status];
  const about = part ? ` ${partName(caseType, part, speech)}` : '';
  // `*`: the rules look at the input as a whole, which has no name of its own.
  const looked = fields.filter((field) => field !== '*').join(comma);
  const on = status === 'depends' && looked !== '' ? dim(` (${looked})`) : '';
  const name = labelled(caseType?.labels.commands, command, speech);
  await out.line(`${colour(say(status))}  ${name}${about}${on}`, 2);
  for (const { code, text } of violations) await out.line(dim(`${code}: ${pick(text)}`), 6);
}
