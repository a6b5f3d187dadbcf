import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetRoleCommand } from '@aws-sdk/client-iam';
import { PATIENCE } from '../../../deploy/stage/stage';
import { Cdk } from '../../../support/emulator/cdk';
import { Clients } from '../../../support/emulator/clients';
import { run } from '../../../support/emulator/processes/run';
import { REPOSITORY } from '../../../support/emulator/repository';
import { FIRST_START, startTemporaryEmulator, TemporaryEmulator } from '../../../support/emulator/temporary-emulator';

const OWN = '111111111111';
const OTHER = '222222222222';

/** A stack an account, each with a role and with an asset, which goes through the bootstrap bucket. */
const APP = `
const { App, CfnOutput, Stack } = require('aws-cdk-lib');
const { AccountRootPrincipal, Role } = require('aws-cdk-lib/aws-iam');
const { Asset } = require('aws-cdk-lib/aws-s3-assets');
const app = new App();
for (const [name, account] of [['Own', '${OWN}'], ['Other', '${OTHER}']]) {
  const stack = new Stack(app, name, { env: { account, region: 'us-east-1' } });
  new Asset(stack, 'Asset', { path: __filename });
  const role = new Role(stack, 'Role', { roleName: app.node.tryGetContext('roleName'), assumedBy: new AccountRootPrincipal() });
  new CfnOutput(stack, 'RoleArn', { value: role.roleArn });
}
app.synth();
`;

let temporary: TemporaryEmulator;
let cdk: Cdk;
let work: string;
const lines: string[] = [];
beforeAll(async () => {
  temporary = await startTemporaryEmulator();
  cdk = new Cdk({
    emulator: temporary.emulator,
    account: OWN,
    folder: join(temporary.folder, 'cdk'),
    env: { NODE_PATH: join(REPOSITORY, 'node_modules') },
    onLine: (line) => lines.push(line),
  });
  work = join(temporary.folder, 'work');
  mkdirSync(work);
  writeFileSync(join(work, 'app.js'), APP);
}, FIRST_START);
afterAll(() => temporary.remove());

test('the CDK CLI deploys to two accounts with the credential of one, and takes all away again', async () => {
  const app = { app: 'node app.js', cwd: work, context: { roleName: 'name-of-context' } };
  const early = await cdk.deploy({ ...app, stacks: ['Other'] });
  expect(early).toMatchObject({ exitCode: 1, output: expect.stringMatching(/bootstrap/) });

  expect(await cdk.bootstrap([OWN, OTHER])).toMatchObject({ exitCode: 0 });
  const outputs = join(work, 'outputs.json');
  const deployed = await cdk.deploy({ ...app, outputs });
  expect(deployed.exitCode).toBe(0);
  expect(readFileSync(deployed.logFile, 'utf8')).toBe(`${deployed.output}\n`);
  expect(lines.join('\n')).toContain(deployed.output);
  expect(JSON.parse(readFileSync(outputs, 'utf8'))).toEqual({
    Own: { RoleArn: `arn:aws:iam::${OWN}:role/name-of-context` }, Other: { RoleArn: `arn:aws:iam::${OTHER}:role/name-of-context` },
  });

  expect(await cdk.destroy(app)).toMatchObject({ exitCode: 0 });
  for (const account of [OWN, OTHER]) {
    await expect(new Clients(temporary.emulator, account).iam.send(new GetRoleCommand({ RoleName: 'name-of-context' })))
      .rejects.toMatchObject({ name: 'NoSuchEntityException' });
  }
  expect(readdirSync(work).sort()).toEqual(['app.js', 'outputs.json']);
  expect(existsSync(join(REPOSITORY, 'cdk.out'))).toBe(false);
}, PATIENCE);

test('a command ends at its deadline, with an error that says what it and the emulator did last', async () => {
  const hasty = new Cdk({ emulator: temporary.emulator, account: OWN, folder: join(temporary.folder, 'hasty'), deadline: 300 });
  await expect(hasty.bootstrap([OWN])).rejects.toThrow(/^cdk bootstrap aws:.* took longer than 0\.3 s; it had said nothing\nthe end of the emulator's log:\n.*INFO/s);
  const patient = run('sh', ['-c', 'echo working; sleep 600'], { cwd: work, env: process.env, deadline: 2_000 });
  await expect(patient).rejects.toThrow(/took longer than 2 s; its last words:\nworking$/);
});
