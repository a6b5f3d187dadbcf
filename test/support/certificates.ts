import 'reflect-metadata'; // before @peculiar/x509, which needs it
import { KeyObject, randomBytes, webcrypto } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0]);

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What a TLS server needs, as PEM. */
export interface ServerCertificate {
  readonly cert: string;
  readonly key: string;
}

export interface IssueOptions {
  /** Host names and addresses that the certificate is good for. */
  readonly names: string[];
  /** A certificate whose time is over. */
  readonly expired?: boolean;
}

type Keys = webcrypto.CryptoKeyPair;

/** A certificate authority for one test run. Its key never leaves memory. */
export class CertificateAuthority {
  /** With a folder, the authority's certificate stands there as `ca.pem`; nothing is written otherwise. */
  public static async create(options: { readonly folder?: string } = {}): Promise<CertificateAuthority> {
    const keys = await newKeys();
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
      ...validity(-HOUR, 2 * DAY),
      name: 'CN=Test authority',
      keys,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    });
    return new CertificateAuthority(certificate, keys, options.folder);
  }

  /** The authority's own certificate, PEM: what a client has to trust. */
  public readonly ca: string;
  readonly #certificate: x509.X509Certificate;
  readonly #keys: Keys;
  readonly #caFile?: string;

  private constructor(certificate: x509.X509Certificate, keys: Keys, folder?: string) {
    this.ca = certificate.toString('pem');
    this.#certificate = certificate;
    this.#keys = keys;
    if (folder !== undefined) {
      mkdirSync(folder, { recursive: true });
      this.#caFile = join(folder, 'ca.pem');
      writeFileSync(this.#caFile, this.ca);
    }
  }

  /** Path of `ca.pem`, e.g. for `NODE_EXTRA_CA_CERTS`. */
  public get caFile(): string {
    if (this.#caFile === undefined) throw new Error('the authority was made without a folder, so there is no ca.pem: pass `folder`');
    return this.#caFile;
  }

  public async issue(options: IssueOptions): Promise<ServerCertificate> {
    const keys = await newKeys();
    const certificate = await x509.X509CertificateGenerator.create({
      ...(options.expired ? validity(-2 * DAY, -DAY) : validity(-HOUR, DAY)),
      subject: 'CN=Test server',
      issuer: this.#certificate.subject,
      publicKey: keys.publicKey,
      signingKey: this.#keys.privateKey,
      extensions: [
        ...serverExtensions(options.names),
        await x509.AuthorityKeyIdentifierExtension.create(this.#certificate),
      ],
    });
    return pem(certificate, keys);
  }
}

/** A certificate that no authority vouches for. */
export async function selfSignedCertificate(names: string[]): Promise<ServerCertificate> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity(-HOUR, DAY),
    name: 'CN=Test server',
    keys,
    extensions: serverExtensions(names),
  });
  return pem(certificate, keys);
}

async function newKeys(): Promise<Keys> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

function validity(from: number, to: number) {
  const now = Date.now();
  // A leading zero bit: a serial number is never negative.
  const serialNumber = `01${randomBytes(15).toString('hex')}`;
  return { serialNumber, notBefore: new Date(now + from), notAfter: new Date(now + to), signingAlgorithm: ALGORITHM };
}

function serverExtensions(names: string[]): x509.Extension[] {
  return [
    new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: isIP(value) ? 'ip' as const : 'dns' as const, value }))),
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
  ];
}

function pem(certificate: x509.X509Certificate, keys: Keys): ServerCertificate {
  return {
    cert: certificate.toString('pem'),
    key: KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
