import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { SECURITY } from './stage/accounts';
import { inventory } from './stage/inventory';
import { PATIENCE, Stage } from './stage/stage';
import { REPOSITORY } from '../support/emulator/repository';

/** A base account by the real CDK CLI, on a local AWS that enforces IAM, with the handlers as they ship. */
jest.setTimeout(PATIENCE);
const folder = join(REPOSITORY, '.emulator', 'base-account-test');
let stage: Stage;

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  stage = await Stage.start({ folder, writeApi: true });
  await stage.prepare();
});

afterAll(async () => {
  await stage.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** All but the rolled-back stack itself, which the next deploy replaces, and the stack of the connectors. */
const leftInSecurity = async () => (await inventory(stage.emulator, SECURITY)).filter((name) => !/^stack | Connectors/.test(name));

describe('a first deploy that fails says why in a sentence, and leaves no user, no key and no entry', () => {
  afterEach(async () => {
    stage.service.faults.clear();
    expect(await leftInSecurity()).toEqual([]);
  });

  test('because the service refuses the credentials', async () => {
    await stage.setLogin('not/the+password');
    const output = await stage.failedDeploy(['CentralSecurity']);
    await stage.setLogin();
    expect(output).toContain('with HTTP 401, INVALID_CREDENTIALS');
    expect(output).toContain('Check the credentials in their secret');
    expect(stage.service.baseAccounts()).toEqual([]);
  });

  test('because the service is not reachable', async () => {
    stage.service.faults.next({ times: 1000 }, { kind: 'drop' });
    expect(await stage.failedDeploy(['CentralSecurity'])).toContain('no connection, or it was lost');
  });

  test('because the account is not that of the user', async () => {
    const output = await stage.failedDeploy(['Mismatch'], {}, 'test/deploy/apps/account-mismatch.ts');
    expect(output).toContain('but the base account is for the user');
    expect(output).toContain('in account 999999999999');
  });

  test('because another account has the entry, which stays (fault 46)', async () => {
    stage.service.console.createBaseAccount({
      title: 'Theirs', awsAccountId: '012345678901', accountType: 'Global', accessKeyId: 'AKIAEXAMPLEEXAMPLE00', secretAccessKey: 'x'.repeat(40),
    });
    expect(await stage.failedDeploy(['CentralSecurity'])).toContain('is of AWS account 012345678901, not of 111111111111');
    expect(stage.service.baseAccounts()[0]).toMatchObject({ title: 'Theirs', awsAccountId: '012345678901' });
    stage.service.console.deleteBaseAccount('Global');
  });
});

describe('a base account that is deployed', () => {
  let connector: number;

  const assumed = async () => {
    const { state } = await stage.operator.run(connector);
    return state === 'FINISHED_SUCCESS' ? stage.service.runs().at(-1)!.signedBy : state;
  };

  test('is used by the service in other accounts, as their connectors show', async () => {
    const { Connectors } = await stage.deploy(['--all'], { cleanUp: 'false' });
    for (const name of ['Production', 'Development'] as const) {
      expect(Connectors?.[`${name}Connector`]).toBe(
        `${stage.connector(name)} FINISHED_SUCCESS (SUCCEEDED: the role was assumed from base account ${SECURITY}, as the service answers)`);
    }
    connector = stage.connector('Production');
    expect(await assumed()).toBe('base account');
    expect(stage.service.runs().at(-1)!.accessKeyId).toBe((await stage.currentKey())!.accessKeyId);
  });

  test('is edited in place, with the same key', async () => {
    const key = await stage.currentKey();
    await stage.deploy(['CentralSecurity'], { cleanUp: 'false', title: 'Renamed' });
    expect(stage.service.baseAccounts()).toMatchObject([{ title: 'Renamed', accessKeyId: key!.accessKeyId }]);
    expect(await assumed()).toBe('base account');
  });

  test('a change that fails is rolled back to what was', async () => {
    stage.service.faults.next({ match: { path: /update\/am\/awsbaseaccount/ } }, { kind: 'answer', status: 400, body: '{"ServiceResponse":{"responseCode":"INVALID_REQUEST"}}' });
    const output = await stage.failedDeploy(['CentralSecurity'], { cleanUp: 'false', title: 'Never' });
    expect(output).toContain('INVALID_REQUEST');
    expect(stage.service.faults.pending()).toBe(0);
    expect(stage.service.baseAccounts()).toMatchObject([{ title: 'Renamed' }]);
    expect(await assumed()).toBe('base account');
  });

  test('outlives a stack that is deleted by mistake: the service goes on with the key (fault 18)', async () => {
    const { exitCode } = await stage.destroy(['CentralSecurity'], { cleanUp: 'false' });
    expect(exitCode).toBe(0);
    expect(await assumed()).toBe('base account');
    // The notes on the connectors are of a stack that stands.
    const left = (await leftInSecurity()).filter((name) => !name.includes('/connector/'));
    expect(left.map((name) => name.split(' ')[0]).sort()).toEqual(['group', 'parameter', 'policy', 'secret', 'user']);
  });

  test('has left no secret in any file: templates, outputs, logs of functions, of the CLI and of the emulator', () => {
    expect(stage.leaks()).toEqual([]);
  });
});
