import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACCOUNT_LOOKUP_RESOURCE_TYPE } from '../../src/wire/connector';
import { CertificateAuthority, selfSignedCertificate, ServerCertificate } from '../support/certificates';
import { json, Loopback, Reply, text } from '../support/loopback';

const STACK = 'arn:aws:cloudformation:us-east-1:111111111111:stack/s/1';
const root = join(__dirname, '..', '..');
const SECRET = 'arn:aws:secretsmanager:us-east-1:111111111111:secret:qualys/api-user-x9y8z7';
const PASSWORD = 'canary-of-the-api-password';
const FOUND = json(200, { ServiceResponse: { responseCode: 'SUCCESS', count: 1, data: [{ AwsBaseAccount: { id: 1, globalAccountId: '805950163170', customerGlobalAccount: 'false' } }] } });

let folder: string;
let authority: CertificateAuthority;
let answers: Loopback;
let secrets: Loopback;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tls-'));
  authority = await CertificateAuthority.create({ folder });
  answers = await Loopback.start();
  secrets = await Loopback.start();
});
afterAll(async () => {
  await answers.stop();
  await secrets.stop();
  rmSync(folder, { recursive: true });
});

interface Run { readonly status: string; readonly reason: string; readonly everything: string }

/** The bundle with Node's own `fetch`, in a process of its own as in Lambda, looks up an account at this server. */
async function lookUp(apiServer: string, env: Record<string, string> = {}): Promise<Run> {
  answers.clear();
  secrets.clear();
  answers.reply(text(200, ''), text(200, ''));
  secrets.reply(json(200, { ARN: SECRET, SecretString: JSON.stringify({ username: 'api', password: PASSWORD }) }));
  const Service = { ApiServer: apiServer, Authentication: 'BASIC', CredentialsSecretArn: SECRET };
  const event = {
    RequestType: 'Create',
    ResponseURL: `${answers.url}/answer?X-Amz-Signature=canary-of-the-signature`,
    StackId: STACK,
    RequestId: 'r-1',
    LogicalResourceId: 'Lookup',
    ResourceType: ACCOUNT_LOOKUP_RESOURCE_TYPE,
    ResourceProperties: { SchemaVersion: '1', AccountType: 'GLOBAL', Service },
  };
  const script = `const end = Date.now() + 14000;
    require(${JSON.stringify(join(root, 'assets', 'lambda', 'connector.lambda', 'index.js'))}).handler(${JSON.stringify(event)}, { logStreamName: 's', getRemainingTimeInMillis: () => end - Date.now() })`;
  const child = spawn(process.execPath, ['-e', script], {
    cwd: '/',
    env: {
      NODE_PATH: join(root, 'node_modules'),
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'canary-of-the-function',
      AWS_ENDPOINT_URL: answers.url,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
      STACK,
      SERVICES: JSON.stringify([Service]),
      NODE_EXTRA_CA_CERTS: authority.caFile,
      AWS_LAMBDA_LOG_LEVEL: 'TRACE',
      AWS_LAMBDA_LOG_FORMAT: 'JSON',
      DEBUG: '*',
      ...env,
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => { output += chunk; });
  const [code] = await once(child, 'exit');
  expect([code, answers.requests.length]).toEqual([0, 1]);
  const { Status, Reason } = JSON.parse(answers.requests[0]!.body);
  return { status: Status, reason: Reason, everything: output + answers.requests[0]!.body };
}

interface Tried extends Run { readonly requests: number }

async function against(certificate: ServerCertificate, replies: Reply[] = [FOUND], env: Record<string, string> = {}): Promise<Tried> {
  const server = await Loopback.start(certificate);
  server.reply(...replies);
  try {
    const run = await lookUp(server.url, env);
    expect(run.everything).not.toMatch(/canary|YXBpOmNhbmFye/); // nor the Basic header
    return { ...run, requests: server.requests.length };
  } finally {
    await server.stop();
  }
}

test('a certificate of an authority that is trusted', async () => {
  expect(await against(await authority.issue({ names: ['localhost'] }))).toMatchObject({ status: 'SUCCESS', requests: 1 });
}, 60_000);

describe('Node\'s own fetch in the bundle refuses (fault 51)', () => {
  test.each<[string, () => Promise<ServerCertificate>]>([
    ['a certificate that is self-signed', () => selfSignedCertificate(['localhost'])],
    ['one of another host', () => authority.issue({ names: ['other.example'] })],
    ['one whose time is over', () => authority.issue({ names: ['localhost'], expired: true })],
    ['one of an authority that is not known', async () => (await CertificateAuthority.create()).issue({ names: ['localhost'] })],
  ])('%s', async (_, certificate) => {
    expect(await against(await certificate())).toMatchObject({ status: 'FAILED', reason: expect.stringContaining('its TLS certificate cannot be trusted'), requests: 0 });
  }, 60_000);

  test('to work at all where verification is turned off in the environment', async () => {
    const run = await against(await selfSignedCertificate(['localhost']), [FOUND], { NODE_TLS_REJECT_UNAUTHORIZED: '0' });
    expect(run).toMatchObject({ status: 'FAILED', reason: expect.stringContaining('NODE_TLS_REJECT_UNAUTHORIZED=0'), requests: 0 });
  }, 60_000);
});

test.each(['https', 'http'])('Node\'s own fetch in the bundle follows no redirect to another host by %s (fault 50)', async (scheme) => {
  const other = await Loopback.start(scheme === 'https' ? await authority.issue({ names: ['localhost'] }) : undefined);
  const run = await against(await authority.issue({ names: ['localhost'] }), Array.from({ length: 9 }, () => text(307, '', { Location: `${other.url}/qps` })));
  expect(run).toMatchObject({ status: 'FAILED', reason: expect.stringContaining('it redirected the request, which is not followed') });
  expect(other.requests).toEqual([]);
  await other.stop();
}, 60_000);
