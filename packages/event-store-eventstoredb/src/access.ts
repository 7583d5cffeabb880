// Who may do what with the streams of a server: settings that an administrator of it gives once.
import { randomUUID } from 'node:crypto';
import { within } from './calls.ts';
import type { ClientSetting, EventStoreDbClient } from './client.ts';
import { eventStoreDbFault } from './eventstoredb-faults.ts';
import { OPEN_TIMEOUT_MS } from './limits.ts';
import { drained } from './reader.ts';

/** Users or groups of the server, by what they may do with its streams. */
export interface StoreAccess {
  /** Who may append and read: the application. */
  readonly appends: readonly string[];
  /** Who may read, beside those: auditors. */
  readonly reads: readonly string[];
}

const SETTINGS = '$settings';
const ADMINISTRATORS = '$admins';

/**
 * The content of the server's `$settings`: every stream without a list of its own can be read and
 * appended to as `access` says; only administrators delete one or set its metadata. As the server
 * comes, every user may do all of that.
 */
export function accessSettings({ appends, reads }: StoreAccess): Record<string, unknown> {
  const readers = [...new Set([...appends, ...reads, ADMINISTRATORS])];
  const writers = [...new Set([...appends, ADMINISTRATORS])];
  return {
    $userStreamAcl: {
      $r: readers, $w: writers, $d: ADMINISTRATORS, $mr: readers, $mw: ADMINISTRATORS,
    },
    // `$all` is one of the system streams: whoever reads the log must read those.
    $systemStreamAcl: {
      $r: readers,
      $w: ADMINISTRATORS,
      $d: ADMINISTRATORS,
      $mr: ADMINISTRATORS,
      $mw: ADMINISTRATORS,
    },
  };
}

/**
 * Gives the server these settings, unless it has them: with a client of an administrator, once. They
 * hold for every stream of the server, those of other applications too.
 *
 * @returns whether something was written.
 * @throws Fault `store-denied`, `store-unreachable`, `store-busy`, `store-failed`.
 */
export async function giveAccess(
  client: EventStoreDbClient,
  access: StoreAccess,
): Promise<boolean> {
  const data = accessSettings(access);
  try {
    const [last] = await within(drained(client.readStream(SETTINGS, {
      fromRevision: 'end', direction: 'backwards', maxCount: 1, requiresLeader: true,
    })), OPEN_TIMEOUT_MS);
    if (last !== undefined && JSON.stringify(last.data) === JSON.stringify(data)) return false;
    const revision = last?.revision ?? 'no_stream';
    const event: ClientSetting = {
      id: randomUUID(),
      type: 'update-default-acl',
      contentType: 'application/json',
      data,
      metadata: undefined,
    };
    await within(client.appendToStream(SETTINGS, [event], {
      expectedRevision: revision,
      streamState: revision,
      requiresLeader: true,
      deadline: OPEN_TIMEOUT_MS,
    }), OPEN_TIMEOUT_MS);
    return true;
  } catch (error) {
    throw eventStoreDbFault(error, 'Cannot give access to', { name: 'EventStoreDB' });
  }
}
