import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { SECURITY } from './stage/accounts';
import { inventory } from './stage/inventory';
import { PATIENCE, Stage } from './stage/stage';
import { REPOSITORY } from '../support/emulator/repository';

/** First deployments from nothing, whose key a person enters at the console; and those that fail, with and without a rollback. */
jest.setTimeout(PATIENCE);
const folder = join(REPOSITORY, '.emulator', 'first-deployment-test');
const ONE_STACK = 'test/deploy/apps/one-stack.ts';
const NOT_RUN = 'NOT RUN: the base account of this account type waits for its key at the console';
let stage: Stage;

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  stage = await Stage.start({ folder, writeApi: false });
  await stage.prepare();
});

afterAll(async () => {
  await stage.stop();
  rmSync(folder, { recursive: true, force: true });
});

const states = () => stage.service.connectors().filter(({ isDeleted }) => !isDeleted).map(({ settings, state }) => [settings.name, state]).sort();

describe('where the key is entered at the console', () => {
  test('one stack with base account, role and connector: it ends well, the command tells what to do, and after the paste judges', async () => {
    const { OneStack } = await stage.deploy(['OneStack'], {}, ONE_STACK);
    expect(OneStack!.Result).toContain(NOT_RUN);
    const waiting = (await stage.confirm(OneStack!.ConfirmCommand!)).join('\n');
    expect(waiting).toMatch(/NOT REGISTERED: .* shows the account of Qualys/);
    expect(waiting).toContain('1 connector was not run');
    await stage.paste('One stack');
    const confirmed = (await stage.confirm(OneStack!.ConfirmCommand!)).join('\n');
    expect(confirmed).toContain('REGISTERED: the Global base account');
    expect(confirmed).toMatch(/One.*SUCCEEDED/);
    expect(states()).toEqual([['One', 'FINISHED_SUCCESS']]);
    stage.service.console.deleteBaseAccount('Global');
    expect((await stage.destroy(['OneStack'], {}, ONE_STACK)).exitCode).toBe(0);
    expect(await inventory(stage.emulator, SECURITY)).toEqual([]);
  });

  test('several stacks, roles that trust the base account alone: deploy --all ends well; paste, deploy again, and all are verified', async () => {
    const context = { delivery: 'console' };
    const first = await stage.deploy(['--all'], context);
    for (const name of ['ProductionConnector', 'DevelopmentConnector']) expect(first.Connectors![name]).toContain(NOT_RUN);
    expect(JSON.stringify(first.CentralSecurity)).toContain('At the Qualys console open');
    await stage.paste('Central Security');
    const again = await stage.deploy(['--all'], { ...context, title: 'Central Security 2' });
    expect(await stage.confirm(again.CentralSecurity!.ConfirmCommand!)).toContainEqual(expect.stringMatching(/^REGISTERED: /));
    const judged = await stage.confirm(again.Connectors!.ConfirmCommand!);
    expect(judged.join('\n')).not.toContain('waits for its key');
    expect(states()).toEqual([['Development', 'FINISHED_SUCCESS'], ['Production', 'FINISHED_SUCCESS']]);
    // It must not hide a real failure.
    expect(await stage.failedDeploy(['OneConnector'], { verify: 'true' }, 'test/deploy/apps/one-connector.ts')).toContain('It was removed again');
    expect((await stage.destroy(['OneConnector'], {}, 'test/deploy/apps/one-connector.ts')).exitCode).toBe(0);
    stage.service.console.deleteBaseAccount('Global');
    expect((await stage.destroy(['--all'], context)).exitCode).toBe(0);
  });
});

describe('where the service takes it, and the deployment fails', () => {
  beforeAll(() => { stage.service.writeApi = true; });
  const standing = async () => [
    (await stage.currentKey())?.accessKeyId, stage.service.baseAccounts()[0]?.accessKeyId, Object.keys(await stage.rotation.userKeys()).length,
  ];

  test('one 503 on each create is no failure: the search shows that nothing was made, and it is made again', async () => {
    for (const path of [/create\/am\/awsbaseaccount/, /create\/am\/awsassetdataconnector/]) stage.service.faults.next({ match: { path } }, { kind: 'answer', status: 503 });
    const { OneStack } = await stage.deploy(['OneStack'], {}, ONE_STACK);
    expect([OneStack!.Result, stage.service.faults.pending()]).toEqual([expect.stringContaining('SUCCEEDED'), 0]);
    expect((await stage.destroy(['OneStack'], {}, ONE_STACK)).exitCode).toBe(0);
  });

  test.each([['--no-rollback', { rollback: false }], ['--express', { express: true }]])('%s leaves what was made, and a corrected deployment takes it up: no second key, no orphan', async (_, mode) => {
    expect(await stage.failedDeploy(['OneStack'], { fails: 'true' }, ONE_STACK, mode)).toContain('FAILED');
    const [key, atService, keys] = await standing();
    expect([atService, keys]).toEqual([key, 1]);
    const { OneStack } = await stage.deploy(['OneStack'], {}, ONE_STACK, mode);
    expect(OneStack!.Result).toContain('SUCCEEDED');
    expect(await standing()).toEqual([key, key, 1]);
    expect(states().filter(([, state]) => state !== 'FINISHED_SUCCESS')).toEqual([]);
    expect((await stage.destroy(['OneStack'], {}, ONE_STACK)).exitCode).toBe(0);
    expect([await inventory(stage.emulator, SECURITY), states(), stage.service.baseAccounts()]).toEqual([[], [], []]);
  });
});

test('no secret is left in any file', () => {
  expect(stage.leaks()).toEqual([]);
});
