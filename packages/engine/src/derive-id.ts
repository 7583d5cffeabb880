// Identifiers that are derived from what they stand for, so that doing a thing twice names it once.
import { createHash } from 'node:crypto';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 128 bits of SHA-256 over `parts` in the form of a ULID; equal parts give equal ids. */
export function deriveId(...parts: readonly string[]): string {
  const framed = parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join('');
  const digest = createHash('sha256').update(framed).digest();
  let bits = 0n;
  for (const byte of digest.subarray(0, 16)) bits = (bits << 8n) | BigInt(byte);
  let text = '';
  for (let place = 0; place < 26; place += 1) {
    text = (CROCKFORD[Number(bits & 31n)] as string) + text;
    bits >>= 5n;
  }
  return text;
}
