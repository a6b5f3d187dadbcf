import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CertificateAuthority, selfSignedCertificate, ServerCertificate } from '../../support/certificates';
import { LOGINS, Scenario } from '../../support/connector-service/scenario';

const NAMES = ['localhost', '127.0.0.1'];
let authority: CertificateAuthority;
beforeAll(async () => {
  authority = await CertificateAuthority.create();
});

async function read(certificate?: ServerCertificate, tls = authority): Promise<number | string> {
  const scenario = await Scenario.start({ tls, certificate });
  try {
    return (await scenario.qps('search', 'awsbaseaccount')).status;
  } catch (error) {
    return (error as { cause: { code: string } }).cause.code;
  } finally {
    await scenario.stop();
  }
}

test('a certificate of the authority is trusted, by name and by address', async () => {
  expect(await read()).toBe(200);
  expect(await read(await authority.issue({ names: NAMES }))).toBe(200);
  const scenario = await Scenario.start({ tls: authority });
  const byAddress = `${scenario.service.gateway.replace('localhost', '127.0.0.1')}/auth`;
  expect((await scenario.caller.call(byAddress)).status).toBe(415);
  await scenario.stop();
});

test('one that is expired, of another host, self-signed or of another authority is not', async () => {
  const other = await CertificateAuthority.create();
  expect([
    await read(await authority.issue({ names: NAMES, expired: true })),
    await read(await authority.issue({ names: ['elsewhere.example'] })),
    await read(await selfSignedCertificate(NAMES)),
    await read(await other.issue({ names: NAMES })),
  ]).toEqual(['CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE']);
});

test('only the authority\'s certificate is written, into the folder that was named', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
  try {
    const written = await CertificateAuthority.create({ folder });
    const scenario = await Scenario.start({ ...LOGINS, tls: written });
    expect(scenario.service.caFile).toBe(join(folder, 'ca.pem'));
    expect(readFileSync(scenario.service.caFile, 'utf8')).toBe(scenario.service.ca);
    expect(readdirSync(folder)).toEqual(['ca.pem']);
    await scenario.stop();
  } finally {
    rmSync(folder, { recursive: true });
  }
  expect(() => authority.caFile).toThrow('pass `folder`');
});
