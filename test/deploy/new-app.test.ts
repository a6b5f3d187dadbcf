import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { SECURITY } from './stage/accounts';
import { PATIENCE, Stage } from './stage/stage';
import { REPOSITORY } from '../support/emulator/repository';

/*
 * User, registration, role and connector in four stacks of one account, renamed and taken back: as a new app has it, where references are weak, and
 * as an app of earlier years, where CloudFormation refuses to change what another stack imports.
 */
jest.setTimeout(PATIENCE);
const APP = 'test/deploy/apps/four-stacks.ts';

describe.each([['a new app', false], ['an app without feature flags', true]])('%s', (_, withoutFlags) => {
  const folder = join(REPOSITORY, '.emulator', `new-app-test-${withoutFlags}`);
  let stage: Stage;
  beforeAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    stage = await Stage.start({ folder, writeApi: true, withoutFlags });
    await stage.prepare();
  });
  afterAll(async () => {
    await stage.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** By default what is removed stays. */
  const kept = { cleanUp: 'false' };
  const deploy = async (context: Readonly<Record<string, string>> = {}) => (await stage.deploy(['--all'], { ...kept, ...context }, APP)).Connectors?.Result;
  const verified = async () => {
    const { state } = await stage.operator.run(stage.connector('One'));
    return [state, stage.service.runs().at(-1)!.signedBy];
  };
  const byBase = ['FINISHED_SUCCESS', 'base account'];

  test('from nothing: the connector is verified', async () => {
    expect(await deploy()).toContain('SUCCEEDED');
  });

  test('the role is renamed: the connector follows in the same deploy --all', async () => {
    expect(await deploy({ roleName: 'QualysReader' })).toContain('SUCCEEDED');
    expect(stage.service.connectors().filter(({ isDeleted }) => !isDeleted).map(({ settings }) => settings.arn)).toEqual([`arn:aws:iam::${SECURITY}:role/QualysReader`]);
    expect(await verified()).toEqual(byBase);
  });

  test('the user is renamed in three steps: a steady caller hears no refusal, and the entry has the new key', async () => {
    const caller = stage.service.steadyCaller([stage.connector('One')]);
    const roleName = 'QualysReader';
    await deploy({ roleName, trust: 'account' });
    await deploy({ roleName, trust: 'account', userName: 'qualys-two' });
    await deploy({ roleName, userName: 'qualys-two' });
    const { calls, failures } = await caller.stop();
    expect([calls > 0, failures]).toEqual([true, 0]);
    expect(await verified()).toEqual(byBase);
    const key = stage.service.baseAccounts()[0]!.accessKeyId;
    expect(Object.keys(await stage.rotation.userKeys('qualys-two'))).toEqual([key]);
  });

  test('the way back is not refused: the role trusts the Qualys account while other stacks read the user', async () => {
    const context = { roleName: 'QualysReader', userName: 'qualys-two' };
    await deploy({ ...context, trust: 'qualys' });
    await deploy(context);
    expect(await verified()).toEqual(byBase);
  });

  test('the stack of the user alone is deleted: nothing changes at the service', async () => {
    const before = JSON.stringify(stage.service.baseAccounts());
    const context = { ...kept, roleName: 'QualysReader', userName: 'qualys-two' };
    const { exitCode } = await stage.destroy(['Users'], context, APP);
    expect(exitCode === 0).toBe(!withoutFlags); // strong references refuse it
    expect(JSON.stringify(stage.service.baseAccounts())).toBe(before);
    expect(await verified()).toEqual(byBase);
  });

  test('a user name that only the deployment knows, trusted from another account, is an error at synth that says what to name', async () => {
    const { exitCode, output } = await stage.synth({ userName: 'pseudo', roleAccount: '222222222222' }, APP);
    expect([exitCode === 0, output]).toEqual([false, expect.stringContaining('userName and path of the BaseAccountUser must be set as text')]);
  });
});
