// Certificates for tests, made anew each time: an authority, a server on 127.0.0.1, and a user.
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** A certificate and its key, as PEM. */
export interface Certified {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** What a test needs to speak TLS both ways. */
export interface TestCertificates {
  readonly ca: Buffer;
  readonly server: Certified;
  readonly user: Certified;
}

/** Makes all of them; they hold for a day. */
export function testCertificates(): TestCertificates {
  const authority = keys();
  const ca = certificate('himaya test authority', authority, authority, 'himaya test authority', [
    // Basic constraints: an authority; key usage: signs certificates.
    extension('551d13', sequence(der(0x01, Buffer.of(0xff))), true),
    extension('551d0f', der(0x03, Buffer.of(0x02, 0x04)), true),
  ]);
  const certified = (subject: string): Certified => {
    const own = keys();
    const address = der(0x87, Buffer.of(127, 0, 0, 1));
    const cert = certificate(subject, own, authority, 'himaya test authority', [
      extension('551d11', sequence(address)),
    ]);
    return { cert, key: Buffer.from(own.privateKey.export({ type: 'pkcs8', format: 'pem' })) };
  };
  return { ca, server: certified('127.0.0.1'), user: certified('himaya') };
}

interface Keys {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

function keys(): Keys {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

const DAY_MS = 86_400_000;
const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'));

function certificate(
  subject: string, { publicKey }: Keys, issuer: Keys, issuerName: string,
  extensions: readonly Buffer[],
): Buffer {
  const now = Date.now();
  const serial = Buffer.from(`01${now.toString(16).padStart(14, '0')}`, 'hex');
  const body = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, serial),
    ECDSA_WITH_SHA256,
    name(issuerName),
    sequence(time(now - DAY_MS), time(now + DAY_MS)),
    name(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  );
  const signature = sign('sha256', body, issuer.privateKey);
  const whole = sequence(
    body, ECDSA_WITH_SHA256, der(0x03, Buffer.concat([Buffer.of(0), signature])),
  );
  const lines = whole.toString('base64').replaceAll(/.{64}/g, '$&\n');
  return Buffer.from(`-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`);
}

function extension(id: string, value: Buffer, critical = false): Buffer {
  const isCritical = critical ? [der(0x01, Buffer.of(0xff))] : [];
  return sequence(oid(id), ...isCritical, der(0x04, value));
}

function name(text: string): Buffer {
  return sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(text)))));
}

function time(atMs: number): Buffer {
  const [date = '', clock = ''] = new Date(atMs).toISOString().replaceAll(/[-:]/g, '').split('T');
  return der(0x17, Buffer.from(`${date.slice(2)}${clock.slice(0, 6)}Z`));
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

/** A value with its tag and length, as the distinguished encoding rules have them. */
function der(tag: number, value: Buffer): Buffer {
  const { length } = value;
  if (length < 0x80) return Buffer.concat([Buffer.of(tag, length), value]);
  const hex = length.toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.of(tag, 0x80 | bytes.length), bytes, value]);
}
