// From what arrives to a call: shape, sender, definition and input, each refused in its turn.
import { ENTRY_BYTES_MAX, isFault, plainCopy } from '@himaya/event-store';
import { z } from 'zod';
import { actorSchema, SYSTEM_ROLE, type Actor } from '../actor.ts';
import type { CommandSpec } from '../case-type.ts';
import { commandSchema, type ParsedCommand } from '../command.ts';
import type { CaseType } from '../compiled.ts';
import { ENGINE_VIOLATIONS } from '../engine-rules.ts';
import { issueLine, issuesOf } from '../input-issue.ts';
import type { Violation } from '../rule.ts';
import type { Text } from '../text.ts';
import { hostAnswer } from './host-wait.ts';
import type { EngineOptions } from './ports.ts';
import type { Registry } from './registry.ts';

/** A checked envelope, or why it is refused. */
export type Envelope =
  | { readonly kind: 'command'; readonly command: ParsedCommand }
  | { readonly kind: 'refused'; readonly violation: Violation };

/** Checks the envelope of a command. */
export function parseEnvelope(raw: unknown): Envelope {
  const parsed = safely(() => z.safeParse(commandSchema, raw));
  if (parsed?.success) return { kind: 'command', command: parsed.data };
  const issues = parsed ? issuesOf(parsed.error) : [UNREADABLE];
  return { kind: 'refused', violation: inputInvalid(issues) };
}

/** What no schema can look at. */
const UNREADABLE: Text = { en: 'it cannot be read', ar: 'لا يمكن قراءته' };

/** The refusal of an input, with every problem by path. */
function inputInvalid(issues: readonly Text[]): Violation {
  return { ...ENGINE_VIOLATIONS.INPUT_INVALID, detail: { issues } };
}

/**
 * Checks a command's input against its definition. The input is taken over as a copy: what the
 * caller does to its own object later changes no decision and no state.
 */
export function parseInput(
  spec: CommandSpec,
  input: unknown,
): { readonly input: unknown } | { readonly violation: Violation } {
  const taken = plainInput(input);
  if ('issue' in taken) return { violation: inputInvalid([taken.issue]) };
  const parsed = z.safeParse(spec.input, taken.input);
  if (parsed.success) return { input: parsed.data };
  return { violation: inputInvalid(issuesOf(parsed.error)) };
}

/** A copy of plain data, or where and why it is none. Depth and cycles end here, before schemas. */
function plainInput(input: unknown): { readonly input: unknown } | { readonly issue: Text } {
  try {
    const copy = plainCopy(input, ENTRY_BYTES_MAX);
    if (copy !== undefined) return { input: copy };
    const en = `larger than the ${ENTRY_BYTES_MAX} bytes of one entry`;
    return { issue: { en, ar: `أكبر من قيد واحد، وهو ${ENTRY_BYTES_MAX} بايت` } };
  } catch (error) {
    if (!isFault(error, 'not-i-json')) return { issue: UNREADABLE };
    const { path, reason } = error.data as { readonly path: string; readonly reason: string };
    const problem = { en: reason, ar: 'ليست بيانات مجردة' };
    return { issue: issueLine(path.replace(/^\$\.?/, ''), problem) };
  }
}

/** What `read` answers, or nothing: a claim or an envelope may be an object that throws. */
function safely<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** Who sends this, by the host's say or by the shape of the claim. */
export async function identify(
  options: EngineOptions,
  claim: unknown,
): Promise<Actor | undefined> {
  const { authenticate } = options;
  const claimed = authenticate
    ? await hostAnswer(options, 'authenticate', 'the sender', () => authenticate(claim))
    : claim;
  const actor = safely(() => z.safeParse(actorSchema, claimed))?.data;
  // What the engine itself does never comes from outside: nobody can claim to be it.
  return actor?.role === SYSTEM_ROLE ? undefined : actor;
}

/** The case type that an opening command means: named, or the only one that knows the command. */
export function openingType(registry: Registry, command: ParsedCommand): CaseType | Violation {
  const known = registry.latest.filter((caseType) => caseType.commands[command.name]);
  if (known.length === 0) return ENGINE_VIOLATIONS.COMMAND_UNKNOWN;
  const meant = known.filter(
    (caseType) =>
      caseType.commands[command.name]?.opens === true &&
      (command.caseType === undefined || command.caseType === caseType.name),
  );
  if (meant.length === 1) return meant[0] as CaseType;
  // Whoever calls for help need not know the procedures: the first that takes it opens.
  const urgent = known.find(({ commands }) => {
    const spec = commands[command.name];
    return spec?.opens === true && spec.emergency === true;
  });
  if (urgent) return urgent;
  if (meant.length === 0) {
    const en = 'caseId: needed, because this command opens no case';
    return inputInvalid([{ en, ar: 'caseId: مطلوب، لأن هذا الأمر لا يفتح قضية' }]);
  }
  const names = meant.map(({ name }) => name);
  const en = `caseType: needed, because ${names.join(' and ')} open with it`;
  return inputInvalid([{ en, ar: `caseType: مطلوب، لأن ${names.join(' و')} تفتح بهذا الأمر` }]);
}
