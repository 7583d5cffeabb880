// Identifiers that a run can repeat: ULIDs drawn from a seed instead of from chance.
import { createHash } from 'node:crypto';
import type { Ids } from '@himaya/engine';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** The instant in the first ten characters, the same in every run: 2027-01-01T00:00:00Z. */
const TIME_MS = 1_798_761_600_000n;
/** Random bits of a ULID. */
const RANDOM_BITS = 80n;
/** The start leaves room above itself, so that no run of ids ever reaches the end. */
const START_MASK = (1n << (RANDOM_BITS - 1n)) - 1n;

/**
 * ULIDs that are the same for the same seed and differ between seeds; each is larger than the one
 * before. Not for production: anyone who knows the seed knows them all.
 */
export function seededIds(seed: string | number): Ids {
  const digest = createHash('sha256').update(`himaya ids ${seed}`).digest();
  let random = BigInt(`0x${digest.subarray(0, 10).toString('hex')}`) & START_MASK;
  let gaps = digest.readUInt32LE(10);
  return {
    next: () => {
      // A linear congruential step: the gaps need only differ, not surprise.
      gaps = (Math.imul(gaps, 1_664_525) + 1_013_904_223) >>> 0;
      random += BigInt(gaps) + 1n;
      return ulidText((TIME_MS << RANDOM_BITS) | random);
    },
  };
}

function ulidText(bits: bigint): string {
  let text = '';
  for (let rest = bits, place = 0; place < 26; place += 1, rest >>= 5n) {
    text = (CROCKFORD[Number(rest & 31n)] as string) + text;
  }
  return text;
}
