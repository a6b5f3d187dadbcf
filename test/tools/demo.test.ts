import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { scripts } from '../../package.json';
import {
  AssumableRoles, BaseAccount, Connector, ConnectorPermissions, ConnectorRole, ConnectorService, ExternalId, KeyDelivery, QualysCredentials,
  QualysPlatform, TrustPrincipal,
} from '../../src';
import { ConnectorRoleStackSet } from '../../src/fleet/connector-role-stack-set';
import { demoArguments } from '../deploy/demo/arguments';
import { needsOf } from '../deploy/stage/app/app-needs';
import { stacksOf } from '../deploy/stage/app/assembly';
import { VendorHosts } from '../deploy/stage/app/vendor-hosts';
import { CertificateAuthority } from '../support/certificates';
import { ConnectorServiceStandIn } from '../support/connector-service';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'demo-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('what stands behind npm run demo --', () => {
  const NOTHING = { play: 'three-accounts', keep: false, soak: false, app: '', folder: '' };
  test.each([
    [[], {}],
    [['--keep'], { keep: true }],
    [['--soak'], { soak: true }],
    [['--migrate'], { play: 'migrate' }],
    [['--organization'], { play: 'organization' }],
    [['--help'], { play: 'help' }],
    [['--app', 'python3 app.py'], { play: 'app', app: 'python3 app.py', folder: '/home/me' }],
    [['--app=go run .', '--keep'], { play: 'app', keep: true, app: 'go run .', folder: '/home/me' }],
    [['--app', 'node app.js', '--in', 'my app'], { play: 'app', app: 'node app.js', folder: '/home/me/my app' }],
    [['--app', 'node app.js', '--in', '/srv/app', '--keep'], { play: 'app', keep: true, app: 'node app.js', folder: '/srv/app' }],
  ])('%j', (args, expected) => {
    expect(demoArguments(args, '/home/me')).toEqual({ ...NOTHING, ...expected });
  });

  test.each([
    [['--kept'], /Unknown option '--kept'\. Allowed: --keep, --soak, --migrate, --organization, --help, --app, --in/],
    [['--app', 'python3', 'app.py'], /Unexpected argument 'app\.py'.*a command with blanks stands in quotes, as in --app 'python3 app\.py'/],
    [['--app'], /'--app <value>' argument missing/],
    [['--app', ''], /--app is empty: it takes the command that runs the app/],
    [['--app', 'node app.js', '--in', ' '], /--in is empty: it takes the folder where that command runs/],
    [['--in', 'folder'], /--in do not go together/],
    [['--migrate', '--keep'], /--keep --migrate do not go together: --keep, or --soak, .* or --app --in --keep$/],
    [['--app', 'node app.js', '--soak'], /--app --soak do not go together/],
    [['--keep=yes'], /'--keep' does not take an argument/],
  ])('%j is none of it', (args, message) => {
    expect(() => demoArguments(args, '/home/me')).toThrow(message);
  });
});

test('npm hands the command of an app over as it is quoted: the script is none of projen, which loses quotes', () => {
  expect(scripts.demo).toMatch(/ && tsx --tsconfig test\/tsconfig\.json test\/deploy\/demo\/main\.ts$/);
});

describe('what an app needs, by its templates', () => {
  const DEFAULT = { account: '111111111111', region: 'us-east-1' };
  const needs = (app: App) => needsOf(stacksOf(app.synth().directory, DEFAULT));
  // As the CDK CLI runs it.
  const newApp = () => new App({ outdir: join(folder, 'cdk.out'), context: { 'aws:cdk:enable-asset-metadata': true } });
  const service = (stack: Stack, name = 'my/login-secret', platform = QualysPlatform.EU_2) =>
    new ConnectorService({ platform, credentials: QualysCredentials.basic(Secret.fromSecretNameV2(stack, `Login${name.length}`, name)) });
  const connector = (stack: Stack, of: ConnectorService) => new Connector(stack, 'Connector', {
    service: of,
    name: 'One',
    role: ConnectorRole.fromConnectorRoleAttributes(stack, 'Role', { roleArn: 'arn:aws:iam::222222222222:role/One', externalId: ExternalId.of('83172650944188230571') }),
  });

  test('stacks without an environment, in stages and nested: accounts, logins, platforms, titles, organizations', () => {
    const app = newApp();
    const stack = new Stack(app, 'Base');
    new BaseAccount(stack, 'BaseAccount', { service: service(stack), title: 'Mine', roles: AssumableRoles.named('One', { organizationId: 'o-a1b2c3d4e5' }) });
    const inner = new Stack(new Stage(app, 'Production', { env: { account: '444455556666', region: 'us-east-1' } }), 'Connectors');
    const nested = new NestedStack(inner, 'Nested');
    connector(nested, service(nested, 'other/login'));
    expect(needs(app)).toEqual({
      accounts: ['444455556666', '111111111111'],
      secrets: [{ account: '444455556666', name: 'other/login' }, { account: '111111111111', name: 'my/login-secret' }],
      platforms: [{ apiServer: QualysPlatform.EU_2.apiServer, gateway: QualysPlatform.EU_2.gateway, platformUrl: QualysPlatform.EU_2.platformUrl }],
      pushes: false,
      titles: ['Mine'],
      organizations: ['o-a1b2c3d4e5'],
      refusals: [],
    });
  });

  test('one that wants to push the key gets a write API', () => {
    const app = newApp();
    const stack = new Stack(app, 'Base');
    new BaseAccount(stack, 'BaseAccount', { service: service(stack), title: 'Mine', roles: AssumableRoles.any(), delivery: KeyDelivery.api() });
    expect(needs(app)).toMatchObject({ pushes: true, refusals: [] });
  });

  test('an app without anything of the library needs nothing', () => {
    const app = newApp();
    new Stack(app, 'Empty');
    expect(needs(app)).toMatchObject({ accounts: ['111111111111'], secrets: [], platforms: [], titles: [], refusals: [] });
  });

  test.each<[string, RegExp, (app: App) => void]>([
    ['another region', /^the stack Base is in the region eu-west-1, and the local AWS has us-east-1 alone/, (app) => {
      new Stack(app, 'Base', { env: { account: '111111111111', region: 'eu-west-1' } });
    }],
    ['a login by its whole ARN', /^the stack Base does not name the secret .*Secret\.fromSecretNameV2/, (app) => {
      const stack = new Stack(app, 'Base', { env: DEFAULT });
      const secret = Secret.fromSecretCompleteArn(stack, 'Login', 'arn:aws:secretsmanager:us-east-1:111111111111:secret:login-a1B2c3');
      connector(stack, new ConnectorService({ platform: QualysPlatform.US_1, credentials: QualysCredentials.basic(secret) }));
    }],
    ['a login that the app makes', /^the stack Base does not name the secret/, (app) => {
      const stack = new Stack(app, 'Base', { env: DEFAULT });
      connector(stack, new ConnectorService({ platform: QualysPlatform.US_1, credentials: QualysCredentials.basic(new Secret(stack, 'Login')) }));
    }],
    ['two platforms', /^the app names 2 platforms \(https:\/\/qualysapi\.qualys\.com, https:\/\/qualysapi\.qg2\.apps\.qualys\.com\)/, (app) => {
      for (const [index, platform] of [QualysPlatform.US_1, QualysPlatform.US_2].entries()) {
        const stack = new Stack(app, `Base${index}`);
        connector(stack, service(stack, 'login', platform));
      }
    }],
    ['a stack set', /^Roles has a stack set, .*npm run demo -- --organization/, (app) => {
      new ConnectorRoleStackSet(new Stack(app, 'Roles', { env: DEFAULT }), 'Roles', {
        organizationalUnits: ['ou-ab12-c3d4e5f6'],
        roleName: 'QualysConnector',
        trust: TrustPrincipal.baseAccount('111111111111'),
        externalId: ExternalId.perAccount('8317265094418823'),
        permissions: ConnectorPermissions.assetInventory(),
      });
    }],
  ])('%s is refused with what to change', (_, message, build) => {
    const app = newApp();
    build(app);
    expect(needs(app).refusals).toEqual([expect.stringMatching(message)]);
  });
});

test("functions reach the stand-in under the vendor's own names and under further ones, and nobody else", async () => {
  const tls = await CertificateAuthority.create({ folder });
  const hosts = new VendorHosts(folder);
  const own = [{ apiServer: 'https://qualysapi.example.com' }];
  const service = await ConnectorServiceStandIn.start({ tls, username: 'u', password: 'p', certificate: await tls.issue({ names: hosts.names(own) }) });
  try {
    hosts.lead(service, own);
    const urls = [QualysPlatform.US_2.apiServer, QualysPlatform.KSA_1.platformUrl, 'https://qualysapi.example.com', service.apiServer, 'https://www.example.com'];
    const code = `Promise.all(${JSON.stringify(urls)}.map((url) => fetch(url + '/qps/rest/3.0/x').then((a) => a.status, (e) => e.cause?.message ?? e.message))).then((all) => console.log(JSON.stringify(all)))`;
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', code], { env: { ...hosts.env, NODE_EXTRA_CA_CERTS: tls.caFile } });
    expect(JSON.parse(stdout)).toEqual([401, 404, 401, 401, 'the demo lets no function call www.example.com: it is no host of the stand-in']);
    expect(service.requests().map(({ host }) => host).sort()).toEqual(['apiServer', 'apiServer', 'apiServer', 'platformUrl']);
  } finally {
    await service.stop();
  }
});
