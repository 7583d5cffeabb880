// Refusals as the server words them: a status with the metadata by which clients tell them apart.
import { Metadata, status, type StatusObject } from '@grpc/grpc-js';
import type { DoubleState } from './state.ts';
import type { FaultKind } from './faults.ts';

/** An error of a call. */
export type Refusal = Pick<StatusObject, 'code' | 'details'> & { readonly metadata?: Metadata };

/** A refusal with the name that clients go by. */
export function refusal(
  code: status, details: string, entries: Readonly<Record<string, string>> = {},
): Refusal & { readonly metadata: Metadata } {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(entries)) metadata.set(key, value);
  return { code, details, metadata };
}

/** How a call that is hit by a fault ends; `undefined` for one that is not answered so. */
export function refusalOf({ address }: DoubleState, kind: FaultKind): Refusal | undefined {
  const { host, port } = address();
  switch (kind) {
    case 'unavailable':
      return refusal(status.UNAVAILABLE, 'Server Is Not Ready');
    case 'deadline':
      return refusal(status.DEADLINE_EXCEEDED, 'Deadline Exceeded');
    case 'cancelled':
      return refusal(status.CANCELLED, 'the server cancelled the call');
    case 'denied':
      return refusal(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });
    case 'not-leader':
      return refusal(status.NOT_FOUND, `Leader info available: ${host}:${port}`, {
        exception: 'not-leader',
        'leader-endpoint-host': host,
        'leader-endpoint-port': String(port),
      });
    default:
      return undefined;
  }
}

/** Why the user of a call is refused, or `undefined`. */
export function denial({ users }: DoubleState, metadata: Metadata): Refusal | undefined {
  if (users === undefined) return undefined;
  const [given] = metadata.get('authorization');
  const known = Object.entries(users).map(([name, password]) =>
    `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`);
  const isKnown = known.some((one) => one.toLowerCase() === String(given).toLowerCase());
  return isKnown ? undefined : refusal(status.UNAUTHENTICATED, 'Bad HTTP status: 401');
}
