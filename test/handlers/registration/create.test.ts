import { PASSWORD, RECORD, RegistrationWorld } from './world';
import { NOTHING_TO_DO } from '../../../lambda/registration/steps';
import { WRITE_API_PRESET } from '../../../src/base-account/private/write-api-preset';

let world: RegistrationWorld;
const start = async (writeApi = true) => { world = await RegistrationWorld.start({ writeApi }); };
afterEach(() => world.stop());

const writes = () => world.service.requests().map((request) => request.path).filter((path) => /\/(create|update|delete)\/am\/awsbaseaccount/.test(path));

describe('through the API', () => {
  beforeEach(() => start());

  test('registers the entry, reads it back, and writes down whose it is', async () => {
    const { answer } = await world.resource().create(world.properties());
    expect(answer).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: `qualys-base-account:${new URL(world.service.apiServer).host}:GLOBAL`,
      Data: { Status: 'REGISTERED', RegisteredAccessKeyId: world.workingKey, NextStep: NOTHING_TO_DO },
    });
    expect(world.service.baseAccounts()).toEqual([{
      title: 'Central Security', awsAccountId: '111111111111', accountType: 'Global', accessKeyId: world.workingKey, useInAssetView: false,
    }]);
    expect(world.record()).toMatchObject({
      status: 'REGISTERED',
      delivery: 'API',
      adopted: false,
      accessKeyId: world.workingKey,
      awsAccountId: '111111111111',
      owner: { logicalId: 'BaseAccountRegistration1A2B3C4D' },
    });
  });

  test('asks first with a request that carries no key, and sends the key once', async () => {
    await world.resource().create(world.properties());
    expect(writes()).toHaveLength(2);
    const [question, push] = world.service.requests().filter((request) => request.path.includes('/create/'));
    expect(JSON.stringify(question)).not.toContain(world.workingKey);
    expect(JSON.stringify(push)).toContain(world.workingKey);
    const reads = world.service.requests().filter((request) => request.path.includes('/search/am/awsbaseaccount'));
    expect(reads).toHaveLength(2);
  });

  test('in API mode nothing is asked beforehand', async () => {
    await world.resource().create(world.properties({ Delivery: { Mode: 'API', Api: WRITE_API_PRESET } }));
    expect(writes()).toHaveLength(1);
  });

  test('sends useInAssetView only where it is set', async () => {
    await world.resource().create(world.properties({ UseInAssetView: 'true' }));
    expect(world.service.baseAccounts()[0]!.useInAssetView).toBe(true);
    await world.stop();
    await start();
    await world.resource().create(world.properties());
    expect(JSON.stringify(world.service.requests())).not.toContain('useInAssetView');
  });

  test('the same request twice is one entry and the same answer', async () => {
    const resource = world.resource();
    const { answer } = await resource.create(world.properties());
    const again = await resource.send('Create', world.properties());
    expect(again.Data).toEqual(answer.Data);
    expect(world.service.baseAccounts()).toHaveLength(1);
  });

  test('an answer that is lost after the entry was made does not make the deploy fail', async () => {
    world.service.faults.next({ match: { path: /create\/am\/awsbaseaccount/ } }, { kind: 'answer', status: 400, body: '{"ServiceResponse":{"responseCode":"INVALID_REQUEST"}}' });
    world.service.faults.next({ match: { path: /create\/am\/awsbaseaccount/ } }, { kind: 'lose-answer' });
    const { answer } = await world.resource().create(world.properties());
    expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'REGISTERED' } });
    expect(world.keyAtService).toBe(world.workingKey);
  });

  test('method, path and names come from the template', async () => {
    const api = {
      ...WRITE_API_PRESET,
      Create: { Method: 'PUT', Path: '/qps/rest/4.0/create/am/base' },
      ObjectName: 'Base',
      FieldNames: { ...WRITE_API_PRESET.FieldNames, Name: 'title' },
    };
    const { answer } = await world.resource().create(world.properties({ Delivery: { Mode: 'API', Api: api } }));
    expect(answer.Reason).toContain('no API for base accounts at PUT /qps/rest/4.0/create/am/base');
    const sent = world.service.requests().find((request) => request.method === 'PUT');
    expect(JSON.stringify(sent)).toMatch(/Base.*title.*Central Security/);
  });

  test('nothing secret leaves by any way', async () => {
    await world.resource().create(world.properties());
    const secret = world.secret.json('AWSCURRENT')!.secretAccessKey!;
    for (const canary of [secret, PASSWORD]) {
      for (const form of [canary, Buffer.from(canary).toString('base64'), encodeURIComponent(canary), JSON.stringify(canary).slice(1, -1)]) {
        expect(world.surfaces).not.toContain(form);
        expect(JSON.stringify(world.service.requests())).not.toContain(form);
      }
    }
    expect(world.surfaces).not.toContain('X-Amz-Signature=abc');
  });
});

describe('without a write API', () => {
  beforeEach(() => start(false));

  test('auto leaves the key to a person: it says where it is and what to do', async () => {
    const { answer } = await world.resource().create(world.properties());
    expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'AWAITING_CONSOLE', RegisteredAccessKeyId: 'NONE' } });
    const steps = answer.Data!.NextStep!;
    expect(steps).toContain(world.secret.arn);
    expect(steps).toContain('"Central Security", AWS account ID 111111111111, account type Global');
    expect(steps).toContain(world.workingKey);
    expect(world.surfaces).not.toContain(world.secret.json('AWSCURRENT')!.secretAccessKey);
    expect(world.record()).toMatchObject({ status: 'AWAITING_CONSOLE', delivery: 'CONSOLE', entryWasThere: false });
  });

  test('API mode fails, names the console mode, and leaves nothing', async () => {
    const { answer, cleanUp } = await world.resource().create(world.properties({ Delivery: { Mode: 'API', Api: WRITE_API_PRESET } }));
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: expect.stringMatching(/^qualys-base-account:localhost:\d+:GLOBAL$/) });
    expect(answer.Reason).toContain('KeyDelivery.console()');
    expect(cleanUp!.Status).toBe('SUCCESS');
    expect(world.parameters.size).toBe(0);
  });

  test('console mode asks nothing, tells people once, and turns to REGISTERED when the entry appears', async () => {
    const delivery = { Mode: 'CONSOLE', NotifyTopicArn: 'arn:aws:sns:us-east-1:111111111111:people' } as const;
    const resource = world.resource();
    const { answer } = await resource.create(world.properties({ Delivery: delivery }));
    expect(answer.Data!.Status).toBe('AWAITING_CONSOLE');
    expect(writes()).toEqual([]);
    expect(world.notes).toHaveLength(1);
    expect(world.notes[0]).toMatchObject({ topic: delivery.NotifyTopicArn, message: answer.Data!.NextStep });

    await resource.send('Create', world.properties({ Delivery: delivery }));
    expect(world.notes).toHaveLength(1);

    const { accessKeyId, secretAccessKey } = world.secret.json('AWSCURRENT') as { accessKeyId: string; secretAccessKey: string };
    world.service.console.createBaseAccount({ title: 'Central Security', awsAccountId: '111111111111', accountType: 'Global', accessKeyId, secretAccessKey });
    const { answer: after } = await resource.update(world.properties({ Delivery: delivery, Title: 'Renamed' }));
    expect(after.Data).toMatchObject({ Status: 'REGISTERED', RegisteredAccessKeyId: accessKeyId });
    expect(after.Data!.NextStep).toContain('set the title to "Renamed"');
  });
});

describe('what stops it, before anything is changed', () => {
  beforeEach(() => start());

  const refused = async (changes: Parameters<RegistrationWorld['properties']>[0] = {}) => {
    const { answer, cleanUp } = await world.resource().create(world.properties(changes));
    expect(answer.Status).toBe('FAILED');
    expect(cleanUp!.Status).toBe('SUCCESS');
    expect(world.parameters.has(RECORD)).toBe(false);
    expect(writes()).toEqual([]);
    return answer.Reason!;
  };

  test('credentials that the service refuses', async () => {
    world.credentials = JSON.stringify({ username: 'api', password: 'wrong-password' });
    const reason = await refused();
    expect(reason).toContain('HTTP 401');
    expect(reason).toContain('Check the credentials in their secret');
    expect(reason).not.toContain('wrong-password');
  });

  test('HTML instead of an answer', async () => {
    world.service.faults.next({ times: 9 }, { kind: 'login-page' });
    expect(await refused()).toContain('this host may not be the API of the connector service');
  });

  test('a service that is not reachable', async () => {
    const service = { ...world.properties().Service, ApiServer: 'https://localhost:9' };
    expect(await refused({ Service: service })).toContain('no connection, or it was lost');
  });

  test('a subscription without Connectors', async () => {
    world.service.licensed = false;
    expect(await refused()).toContain('HTTP 403');
  });

  test('an entry of another AWS account: it is named and stays, also with adoptExisting (fault 46)', async () => {
    const entry = {
      title: 'Theirs', awsAccountId: '012345678901', accountType: 'Global', accessKeyId: 'AKIAEXAMPLEEXAMPLE00', secretAccessKey: 'x'.repeat(40),
    } as const;
    world.service.console.createBaseAccount(entry);
    expect(await refused()).toContain('is of AWS account 012345678901, not of 111111111111');
    expect(await refused({ AdoptExisting: 'true' })).toContain('never overwritten');
    expect(world.service.baseAccounts()[0]).toMatchObject({ title: 'Theirs', accessKeyId: entry.accessKeyId });
  });

  test('a key of another account or user than the entry is for', async () => {
    expect(await refused({ AwsAccountId: '999999999999' })).toContain('holds a key of the user qualys-base-account in account 111111111111');
    expect(await refused({ UserName: 'somebody' })).toContain('the user somebody');
  });

  test('an account type of another partition', async () => {
    expect(await refused({ AccountType: 'CHINA' })).toContain('the account type China is for partition aws-cn, but the access key signs in aws');
  });

  test('a key that AWS does not let in', async () => {
    world.account.keys[0]!.status = 'Inactive';
    expect(await refused()).toContain('is not accepted by AWS');
    expect(world.service.requests()).toEqual([]);
  });

  test('a secret without a value', async () => {
    const properties = world.properties();
    world.secret.versions.length = 0;
    const { answer } = await world.resource().create(properties);
    expect(answer.Reason).toContain('holds no access key yet');
  });

  test('properties that cannot be read: nothing is asked of anybody', async () => {
    const { answer, cleanUp } = await world.resource().create({ ...world.properties(), AdoptExisting: 'yes' });
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining("'AdoptExisting'") });
    expect(cleanUp!.Status).toBe('SUCCESS');
    expect(world.service.requests()).toEqual([]);
  });
});
