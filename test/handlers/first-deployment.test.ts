import { Stack } from 'aws-cdk-lib';
import { BaseAccountApp, baseAccountApp, USER } from '../support/stage/apps/base-account';
import { ConnectorApp, connectorApp, ROLE } from '../support/stage/apps/connector';
import { liveConnectors, takeRequests } from '../support/stage/connector-stage';
import { Stage } from '../support/stage/stage';

interface WholeApp extends Pick<BaseAccountApp, 'delivery' | 'rotation' | 'title'>, Pick<ConnectorApp, 'verify' | 'name' | 'enabled'> {}

/** All in one stack: the base account, and a connector that calls from it. */
function wholeApp(stack: Stack, { verify = 'fail', name, enabled, ...account }: WholeApp): void {
  baseAccountApp(stack, account);
  connectorApp(stack, { verify, name, enabled });
}

const WAITS = 'NOT RUN: the base account of this account type waits for its key at the console';
const CONFIRM = { Task: 'CONFIRM' };

let stage: Stage<WholeApp>;
beforeEach(() => {
  stage = new Stage(wholeApp);
  // Roles trust the base account alone: nobody else gets in.
  stage.world.refusal = () => (stage.world.keyAtService === undefined ? { code: 'AccessDenied', message: 'not authorized to perform sts:AssumeRole' } : undefined);
});

const verification = () => stage.stack.attribute('Production', 'Verification');
const live = () => liveConnectors(stage.world);
const note = () => JSON.parse([...stage.world.aws.parameters].find(([name]) => name.includes('/connector/'))![1]);
const ran = () => stage.world.assumed.length;
const asked = async (type: string) => {
  const lines: string[] = [];
  const ended = await stage.functionFor(type).invoke(CONFIRM, (answer) => lines.push(...answer as string[]));
  expect(ended).toEqual({ outcome: 'returned' });
  return lines;
};
const confirmConnectors = () => asked('Custom::QualysConnector');
const confirmRegistration = () => asked('Custom::QualysBaseAccount');

/** What a person does who has read the output NextStep. */
function paste(): void {
  const key = stage.world.aws.account.keysOf(USER)[0]!;
  stage.world.enterKey(key);
}

describe('from nothing, where a person brings the key', () => {
  test('the deployment ends well: the connector is made and not run, and the output says what to do', async () => {
    expect(await stage.deploy()).toBe('CREATE_COMPLETE');
    expect([live().length, ran(), verification()]).toEqual([1, 0, WAITS]);
    expect(note()).toMatchObject({ judged: false, connectorId: String(live()[0]!.id) });
    expect(stage.stack.attribute('Registration', 'NextStep')).toContain('1. At the Qualys console open');
  });

  test('before the paste the command says that it waits, and runs nothing', async () => {
    await stage.deploy();
    expect(await confirmConnectors()).toEqual([expect.stringMatching(/^The Global base account at qualysapi\.connectors\.example waits for its key at the console, so 1 connector was not run/)]);
    expect(await confirmRegistration()).toEqual([expect.stringMatching(/^NOT REGISTERED: .* the service shows the account of Qualys, 805950163170/), expect.stringContaining('paste them as access key')]);
    expect([ran(), note().judged]).toEqual([0, false]);
  });

  test('after the paste the command says at once whether it worked, and judges the connector', async () => {
    await stage.deploy();
    paste();
    expect(await confirmRegistration()).toEqual([expect.stringMatching(/^REGISTERED: .* for AWS account 111111111111, with the key AKIA/)]);
    expect(await confirmConnectors()).toEqual([expect.stringMatching(/^connector 'Production' \(ID \d+\) on .*: SUCCEEDED: the role was assumed from base account 111111111111/)]);
    expect([ran(), note()]).toEqual([1, expect.not.objectContaining({ judged: false })]);
    expect(await confirmConnectors()).toEqual(['Every connector of this stack was judged already, when it was deployed or since; none was run now.']);
    expect(ran()).toBe(1);
  });

  test('or says why it did not: a role that does not let the base account in', async () => {
    await stage.deploy();
    paste();
    stage.world.refusal = () => ({ code: 'AccessDenied', message: 'no trust' });
    expect(await confirmConnectors()).toEqual([expect.stringMatching(/FAILED: the run of .* AccessDenied: no trust.* the roles of the base account/)]);
    expect(note().judged).toBeUndefined();
  });

  test('the next deployment judges it, and does not hide a real failure', async () => {
    await stage.deploy();
    paste();
    stage.world.refusal = () => ({ code: 'AccessDenied', message: 'no trust' });
    expect(await stage.deploy({ name: 'New' })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stage.failure).toContain('AccessDenied: no trust');
    stage.world.refusal = () => undefined;
    expect(await stage.deploy({ name: 'Newer' })).toBe('UPDATE_COMPLETE');
    expect(verification()).toMatch(/^SUCCEEDED/);
  });

  test('the next deployment judges it too where it changes nothing at the service, also after one that came before the key', async () => {
    await stage.deploy();
    expect(await stage.deploy({ verify: 'warn' })).toBe('UPDATE_COMPLETE');
    expect([verification(), note().judged]).toEqual([WAITS, false]);
    paste();
    expect(await stage.deploy({ verify: 'fail' })).toBe('UPDATE_COMPLETE');
    expect(verification()).toMatch(/^SUCCEEDED/);
  });

  test('an update while it still waits is not judged either', async () => {
    await stage.deploy();
    expect(await stage.deploy({ name: 'New' })).toBe('UPDATE_COMPLETE');
    expect([ran(), verification(), note().judged]).toEqual([0, WAITS, false]);
  });

  test('the daily run finds the entry by itself, also without rotation', async () => {
    for (const rotation of [undefined, 'disabled'] as const) {
      stage = new Stage(wholeApp);
      await stage.deploy({ rotation, verify: 'skip' as never });
      paste();
      expect(await stage.functionFor('Custom::QualysBaseAccount').invoke({ Task: 'DAILY_RUN' })).toEqual({ outcome: 'returned' });
      expect(await confirmRegistration()).toEqual([expect.stringMatching(/^REGISTERED/)]);
    }
  });

  test.each<[string, WholeApp, string]>([
    ['disabled', { enabled: false }, 'NOT RUN: it is disabled'],
    ['not to be verified', { verify: 'skip' as never }, 'NOT RUN: its verification is turned off'],
  ])('a connector that is %s is not waited for', async (_, app, words) => {
    await stage.deploy(app);
    expect([verification(), note().judged]).toEqual([words, undefined]);
    takeRequests(stage.world);
    expect(await confirmConnectors()).toHaveLength(1);
    expect(takeRequests(stage.world)).toEqual([]);
  });
});

describe('where the base account is registered all stays as it is', () => {
  test('a role that does not let it in fails the deployment', async () => {
    stage = new Stage(wholeApp, { writeApi: true });
    stage.world.refusal = () => ({ code: 'AccessDenied', message: 'no trust' });
    expect(await stage.deploy()).toBe('ROLLBACK_COMPLETE');
    expect(stage.failure).toContain('AccessDenied: no trust');
  });

  test('so it does where nobody can tell whether it is', async () => {
    stage.world.service.faults.next({ match: { path: /search\/am\/awsbaseaccount/ }, times: 99 }, { kind: 'answer', status: 500 });
    stage.world.service.faults.next({ match: { path: /awsBaseAccountId/ }, times: 99 }, { kind: 'answer', status: 500 });
    const connectorAlone = new Stage(connectorApp, { beside: { world: stage.world, requests: stage.requests } });
    expect(await connectorAlone.deploy({ verify: 'fail' })).toBe('ROLLBACK_COMPLETE');
    expect(connectorAlone.failure).toContain('AccessDenied');
  });

  test('a connector in an app without a registration is judged at once', async () => {
    const connectorAlone = new Stage(connectorApp, { beside: { world: stage.world, requests: stage.requests } });
    expect(await connectorAlone.deploy({ verify: 'fail' })).toBe('ROLLBACK_COMPLETE');
    stage.world.refusal = () => undefined;
    await connectorAlone.delete();
    expect(await connectorAlone.deploy({ verify: 'fail' })).toBe('CREATE_COMPLETE');
    expect(connectorAlone.stack.attribute('Production', 'Verification')).toMatch(/^SUCCEEDED/);
  });
});

test('many that wait are judged with one question, some at a time, and what there was no time for is said', async () => {
  const roles = Array.from({ length: 12 }, (_, index) => ROLE.replace('QualysConnector', `Qualys${index}`));
  const many = (stack: Stack) => {
    baseAccountApp(stack, {});
    roles.forEach((roleArn, index) => connectorApp(stack, { id: `C${index}`, name: `C${index}`, roleArn, verify: 'fail' }));
  };
  const wide = new Stage(many);
  wide.world.refusal = stage.world.refusal = () => undefined;
  expect(await wide.deploy()).toBe('CREATE_COMPLETE');
  stage = wide as never;
  paste();
  expect(await confirmConnectors()).toEqual(Array.from({ length: 12 }, () => expect.stringContaining('SUCCEEDED')));
  expect(ran()).toBe(12);
});
