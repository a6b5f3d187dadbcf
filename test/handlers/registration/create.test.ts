import { NOTHING_TO_DO } from '../../../lambda/registration/delivery/steps';
import type { BaseAccountApp } from '../../support/stage/apps/base-account';
import { BaseAccountStage } from '../../support/stage/base-account-stage';
import type { Deployment } from '../../support/stage/stage';

let stage: BaseAccountStage;
const start = (writeApi = true) => { stage = new BaseAccountStage({ writeApi }); };

const service = () => stage.world.service;
const attributes = () => stage.stack.resources.get('Registration')!.attributes;
const requests = (path: RegExp) => service().requests().filter((request) => path.test(request.path));
const writes = () => requests(/\/(create|update|delete)\/am\/awsbaseaccount/);
const secretKey = () => stage.secret.json('AWSCURRENT')!.secretAccessKey!;

describe('through the API', () => {
  beforeEach(() => start());

  test('registers the entry, reads it back, and writes down whose it is', async () => {
    expect(await stage.deploy()).toBe('CREATE_COMPLETE');
    const { currentKey: accessKeyId, stack } = stage;
    expect(stack.resources.get('Registration')!.physicalId).toBe('qualys-base-account:qualysapi.connectors.example:GLOBAL');
    expect(attributes()).toEqual({ Status: 'REGISTERED', RegisteredAccessKeyId: accessKeyId, NextStep: NOTHING_TO_DO });
    const awsAccountId = '111111111111';
    expect(service().baseAccounts()).toEqual([{ title: 'Central Security', awsAccountId, accountType: 'Global', accessKeyId, useInAssetView: false }]);
    expect(stage.record).toMatchObject({
      status: 'REGISTERED', delivery: 'API', adopted: false, accessKeyId, awsAccountId, owner: { stackId: stack.stackId, logicalId: 'Registration' },
    });
  });

  test('asks first with a request that carries no key, and sends the key once', async () => {
    await stage.deploy();
    expect(writes()).toHaveLength(2);
    const [question, push] = requests(/\/create\//);
    expect(JSON.stringify(question)).not.toContain(stage.currentKey);
    expect(JSON.stringify(push)).toContain(stage.currentKey);
    expect(requests(/\/search\/am\/awsbaseaccount/)).toHaveLength(2);
  });

  test('in API mode nothing is asked beforehand', async () => {
    await stage.deploy({ delivery: 'api' });
    expect(writes()).toHaveLength(1);
  });

  test.each([true, undefined])('sends useInAssetView only where it is set: %s', async (useInAssetView) => {
    await stage.deploy({ useInAssetView });
    expect(service().baseAccounts()[0]!.useInAssetView).toBe(useInAssetView ?? false);
    expect(JSON.stringify(service().requests()).includes('useInAssetView')).toBe(useInAssetView ?? false);
  });

  test('the same request twice is one entry and the same answer', async () => {
    await stage.deploy();
    const request = stage.requests.sent.at(-1)!;
    await stage.requests.again(request);
    const [first, second] = stage.world.answers.all(request.requestId);
    expect(second!.Data).toEqual(first!.Data);
    expect(service().baseAccounts()).toHaveLength(1);
  });

  test('an answer that is lost after the entry was made does not make the deploy fail', async () => {
    const match = { path: /create\/am\/awsbaseaccount/ };
    service().faults.next({ match }, { kind: 'answer', status: 400, body: '{"ServiceResponse":{"responseCode":"INVALID_REQUEST"}}' });
    service().faults.next({ match }, { kind: 'lose-answer' });
    expect(await stage.deploy()).toBe('CREATE_COMPLETE');
    expect(attributes().Status).toBe('REGISTERED');
    expect(stage.world.keyAtService).toBe(stage.currentKey);
  });

  test.each([500, 502, 503])('HTTP %i in place of the effect does not either: the read shows that nothing was made, and it is made again', async (status) => {
    const match = { path: /create\/am\/awsbaseaccount/ };
    const answers = () => service().requests().filter(({ path }) => match.path.test(path)).length;
    service().faults.next({ match }, { kind: 'answer', status: 400, body: '{"ServiceResponse":{"responseCode":"INVALID_REQUEST"}}' });
    service().faults.next({ match }, { kind: 'answer', status });
    expect(await stage.deploy()).toBe('CREATE_COMPLETE');
    expect([answers(), service().baseAccounts().length, stage.world.keyAtService]).toEqual([3, 1, stage.currentKey]);
  });

  test('method, path and names come from the template', async () => {
    await stage.deploy({ delivery: 'api', api: { create: { method: 'PUT', path: '/qps/rest/4.0/create/am/base' }, objectName: 'Base', fieldNames: { name: 'title' } } });
    expect(stage.failure).toContain('no API for base accounts at PUT /qps/rest/4.0/create/am/base');
    expect(JSON.stringify(service().requests().find(({ method }) => method === 'PUT'))).toMatch(/Base.*title.*Central Security/);
  });

  test('nothing secret leaves by any way', async () => {
    await stage.deploy({ notify: true });
    const { answers, log, aws: { published, parameters } } = stage.world;
    const surfaces = [answers.text(), ...log, JSON.stringify(published), ...parameters.values(), JSON.stringify(service().requests())].join('\n');
    for (const canary of stage.world.secrets()) for (const form of [canary, Buffer.from(canary).toString('base64'), encodeURIComponent(canary), JSON.stringify(canary).slice(1, -1)]) expect(surfaces).not.toContain(form);

  });
});

describe('without a write API', () => {
  beforeEach(() => start(false));

  test('auto leaves the key to a person: it says where it is and what to do', async () => {
    expect(await stage.deploy()).toBe('CREATE_COMPLETE');
    const { NextStep, ...others } = attributes();
    expect(others).toEqual({ Status: 'AWAITING_CONSOLE', RegisteredAccessKeyId: 'NONE' });
    for (const words of [stage.secretArn, '"Central Security", AWS account ID 111111111111, account type Global', stage.currentKey!]) expect(NextStep).toContain(words);
    expect(NextStep).not.toContain(secretKey());
    expect(stage.record).toMatchObject({ status: 'AWAITING_CONSOLE', delivery: 'CONSOLE', entryWasThere: false });
  });

  test('API mode fails, names the console mode, and leaves nothing', async () => {
    expect(await stage.deploy({ delivery: 'api' })).toBe('ROLLBACK_COMPLETE');
    expect(stage.failure).toContain('KeyDelivery.console()');
    expect(stage.world.answers.puts.at(-3)).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'qualys-base-account:qualysapi.connectors.example:GLOBAL' });
    expect(stage.world.aws.parameters.size).toBe(0);
  });

  test('console mode asks nothing, tells people once, and turns to REGISTERED when the entry appears', async () => {
    const app: BaseAccountApp = { delivery: 'console', notify: true };
    const { published } = stage.world.aws;
    await stage.deploy(app);
    expect(attributes().Status).toBe('AWAITING_CONSOLE');
    expect(writes()).toEqual([]);
    expect(published).toMatchObject([{ topic: stage.stack.resources.get('People')!.physicalId, message: attributes().NextStep }]);
    await stage.requests.again(stage.requests.sent.at(-1)!);
    expect(published).toHaveLength(1);

    stage.enterKey();
    await stage.deploy({ ...app, title: 'Renamed' });
    expect(attributes()).toMatchObject({ Status: 'REGISTERED', RegisteredAccessKeyId: stage.currentKey, NextStep: expect.stringContaining('set the title to "Renamed"') });
  });
});

describe('what stops it, before anything is changed', () => {
  beforeEach(async () => {
    start();
    await stage.deploy({}, { without: ['Registration'] });
  });

  async function refused(app: BaseAccountApp = {}, deployment?: Deployment): Promise<string> {
    expect(await stage.deploy(app, deployment)).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect([stage.world.aws.parameters.size, writes()]).toEqual([0, []]);
    return stage.failure!;
  }

  test('credentials that the service refuses', async () => {
    const { aws, credentialsArn } = stage.world;
    aws.secret(credentialsArn).staged('AWSCURRENT')!.value = JSON.stringify({ username: 'api', password: 'wrong-password' });
    const reason = await refused();
    expect(reason).toContain('HTTP 401');
    expect(reason).toContain('Check the credentials in their secret');
    expect(reason).not.toContain('wrong-password');
  });

  test('HTML instead of an answer', async () => {
    service().faults.next({ times: 9 }, { kind: 'login-page' });
    expect(await refused()).toContain('this host may not be the API of the connector service');
  });

  test('a service that is not reachable', async () => {
    expect(await refused({ platform: 'other' })).toContain('no connection, or it was lost');
  });

  test('a subscription without Connectors', async () => {
    service().licensed = false;
    expect(await refused()).toContain('HTTP 403');
  });

  test.each([
    ['a key of another account than the entry is for', { AwsAccountId: '999999999999' }, 'holds a key of the user qualys-base-account in account 111111111111'],
    ['a key of another user', { UserName: 'somebody' }, 'the user somebody'],
    ['an account type of another partition', { AccountType: 'CHINA' }, 'the account type China is for partition aws-cn, but the access key signs in aws'],
  ])('%s', async (_, Registration, words) => {
    expect(await refused({}, { raw: { Registration } })).toContain(words);
  });

  test('a key that AWS does not let in', async () => {
    stage.world.aws.account.keys[0]!.status = 'Inactive';
    expect(await refused()).toContain('is not accepted by AWS');
    expect(service().requests()).toEqual([]);
  });

  test('a secret without a value', async () => {
    stage.secret.versions.length = 0;
    expect(await refused()).toContain('holds no access key yet');
  });

  test('properties that cannot be read: nothing is asked of anybody', async () => {
    expect(await refused({}, { raw: { Registration: { AdoptExisting: 'yes' } } })).toContain("'AdoptExisting'");
    expect(service().requests()).toEqual([]);
  });
});
