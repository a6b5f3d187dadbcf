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

const byBase = ['FINISHED_SUCCESS', 'base account'];

/** The stage, and what is done on it. */
function four(name: string, withoutFlags: boolean) {
  const folder = join(REPOSITORY, '.emulator', name);
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
  return {
    stage: () => stage,
    deploy,
    verified,
    kept,
    renamedRole: async () => {
      expect(await deploy({ roleName: 'QualysReader' })).toContain('SUCCEEDED');
      expect(stage.service.connectors().filter(({ isDeleted }) => !isDeleted).map(({ settings }) => settings.arn)).toEqual([`arn:aws:iam::${SECURITY}:role/QualysReader`]);
      expect(await verified()).toEqual(byBase);
    },
    wayBack: async (context: Readonly<Record<string, string>>) => {
      await deploy({ ...context, trust: 'qualys' });
      await deploy(context);
      expect(await verified()).toEqual(byBase);
    },
  };
}

describe('a new app, whose references are weak', () => {
  const { stage, deploy, verified, kept, renamedRole, wayBack } = four('new-app-test', false);
  const context = { roleName: 'QualysReader', userName: 'qualys-two' };

  test('from nothing: the connector is verified', async () => expect(await deploy()).toContain('SUCCEEDED'));
  test('the role is renamed: the connector follows in the same deploy --all', renamedRole);

  test('the user is renamed in three steps: a steady caller hears no refusal, and the entry has the new key', async () => {
    const caller = stage().service.steadyCaller([stage().connector('One')]);
    await deploy({ roleName: 'QualysReader', trust: 'account' });
    await deploy({ ...context, trust: 'account' });
    await deploy(context);
    const { calls, failures } = await caller.stop();
    expect([calls > 0, failures]).toEqual([true, 0]);
    expect(await verified()).toEqual(byBase);
    expect(Object.keys(await stage().rotation.userKeys('qualys-two'))).toEqual([stage().service.baseAccounts()[0]!.accessKeyId]);
  });

  test('the way back is not refused: the role trusts the Qualys account while other stacks read the user', () => wayBack(context));

  test('the stack of the user alone is deleted: nothing changes at the service', async () => {
    const before = JSON.stringify(stage().service.baseAccounts());
    expect((await stage().destroy(['Users'], { ...kept, ...context }, APP)).exitCode).toBe(0);
    expect(JSON.stringify(stage().service.baseAccounts())).toBe(before);
    expect(await verified()).toEqual(byBase);
  });

  test('a user name that only the deployment knows, trusted from another account, is an error at synth that says what to name', async () => {
    const { exitCode, output } = await stage().synth({ userName: 'pseudo', roleAccount: '222222222222' }, APP);
    expect([exitCode === 0, output]).toEqual([false, expect.stringContaining('userName and path of the BaseAccountUser must be set as text')]);
  });
});

describe('an app without feature flags, whose references are strong', () => {
  const { deploy, renamedRole, wayBack } = four('old-app-test', true);
  test('from nothing: the connector is verified', async () => expect(await deploy()).toContain('SUCCEEDED'));
  test('the role is renamed: the connector follows in the same deploy --all', renamedRole);
  test('the way back is not refused as an export that is in use', () => wayBack({ roleName: 'QualysReader' }));
});
