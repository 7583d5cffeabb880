// From what arrives to a call: shape, sender, definition and input, each refused in its turn.
import { z } from 'zod';
import { actorSchema, type Actor } from '../actor.ts';
import type { CommandSpec } from '../case-type.ts';
import { commandSchema, issuesOf, type ParsedCommand } from '../command.ts';
import type { CaseType } from '../compiled.ts';
import { ENGINE_VIOLATIONS } from '../engine-rules.ts';
import type { Violation } from '../rule.ts';
import type { EngineOptions } from './ports.ts';
import type { Registry } from './registry.ts';

/** A checked envelope, or why it is refused. */
export type Envelope =
  | { readonly kind: 'command'; readonly command: ParsedCommand }
  | { readonly kind: 'refused'; readonly violation: Violation };

/** Checks the envelope of a command. */
export function parseEnvelope(raw: unknown): Envelope {
  const parsed = z.safeParse(commandSchema, raw);
  if (parsed.success) return { kind: 'command', command: parsed.data };
  return { kind: 'refused', violation: inputInvalid(parsed.error) };
}

/** The refusal of an input, with every problem by path. */
export function inputInvalid(error: z.ZodError): Violation {
  return { ...ENGINE_VIOLATIONS.INPUT_INVALID, detail: { issues: issuesOf(error) } };
}

/** Checks a command's input against its definition. */
export function parseInput(
  spec: CommandSpec,
  input: unknown,
): { readonly input: unknown } | { readonly violation: Violation } {
  const parsed = z.safeParse(spec.input, input);
  return parsed.success ? { input: parsed.data } : { violation: inputInvalid(parsed.error) };
}

/** Who sends this, by the host's say or by the shape of the claim. */
export async function identify(
  options: EngineOptions,
  claim: unknown,
): Promise<Actor | undefined> {
  const claimed = options.authenticate ? await options.authenticate(claim) : claim;
  const parsed = z.safeParse(actorSchema, claimed);
  return parsed.success ? parsed.data : undefined;
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
  const issue =
    meant.length === 0
      ? 'caseId: needed, because this command opens no case'
      : `caseType: needed, because ${meant.map(({ name }) => name).join(' and ')} open with it`;
  return { ...ENGINE_VIOLATIONS.INPUT_INVALID, detail: { issues: [issue] } };
}
