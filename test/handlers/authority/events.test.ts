import { OTHER_HOSTS } from '../../support/lambda/network';
import { ROLE } from '../../support/stage/apps/connector';
import { BaseAccountStage } from '../../support/stage/base-account-stage';
import { ConnectorStage } from '../../support/stage/connector-stage';
import { LookupStage } from '../../support/stage/lookup-stage';
import { RoleTrustStage } from '../../support/stage/role-trust-stage';
import type { Stage } from '../../support/stage/stage';

const ELSEWHERE = { ApiServer: 'https://api.attacker.example' };

/** Calls of anything but Parameter Store, which proves what was deployed. */
const calls = ({ world }: Stage<object>) => world.traffic.calls.filter(({ step }) => !/^(answer|ssm:GetParameter)$/.test(step)).map(({ step }) => step);

async function refused(
  stage: Stage<object>, forged: () => Promise<{ readonly Status: string; readonly Reason?: string } | undefined>, words: string,
): Promise<void> {
  stage.world.traffic.calls = [];
  const standing = JSON.stringify([...stage.world.aws.parameters]);
  expect(await forged()).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(words) });
  expect([calls(stage), JSON.stringify([...stage.world.aws.parameters])]).toEqual([[], standing]);
}

describe('whoever can invoke the registration\'s function gets neither the key nor the password (fault 81)', () => {
  let stage: BaseAccountStage;
  beforeEach(async () => {
    stage = new BaseAccountStage({ writeApi: true });
    stage.world.addPlatform();
    expect(await stage.deploy()).toBe('CREATE_COMPLETE');
  });
  const service = () => stage.stack.resources.get('Registration')!.properties.Service;
  const attack = (requestType: 'Create' | 'Update' | 'Delete', properties: object, event?: object) => stage.forge(requestType, 'Registration', properties, event);

  test.each(['Create', 'Update'] as const)('by a %s with another host', async (requestType) => {
    await refused(stage, async () => attack(requestType, { Service: { ...service(), ...ELSEWHERE } }), 'asks for another Service than this function was deployed with');
    expect(stage.record).toMatchObject({ status: 'REGISTERED' });
  });

  test.each<[string, object]>([
    ['another gateway', { Gateway: 'https://gateway.attacker.example' }],
    ['other credentials', { CredentialsSecretArn: 'arn:aws:secretsmanager:us-east-1:111111111111:secret:other-x9y8z7' }],
    ['another way to sign in', { Authentication: 'OIDC_CLIENT' }],
  ])('by %s', async (_, changes) => {
    for (const requestType of ['Update', 'Delete'] as const) await refused(stage, async () => attack(requestType, { Service: { ...service(), ...changes } }), 'asks for another Service');
  });

  test.each<[string, object]>([
    ['another secret', { AccessKeySecretArn: 'arn:aws:secretsmanager:us-east-1:111111111111:secret:other-x9y8z7' }],
    ['another user', { UserName: 'administrator' }],
    ['another account', { AwsAccountId: '999999999999' }],
    ['another record', { RecordName: '/somebody/else' }],
    ['another title', { Title: 'Attacker' }],
    ['another way of delivery', { Delivery: { Mode: 'CONSOLE' } }],
    ['adoption', { AdoptExisting: 'true' }],
  ])('nor anything else by %s', async (name, changes) => {
    await refused(stage, async () => attack('Update', changes), `asks for another ${Object.keys(changes)[0]}`);
    expect(name).not.toBe('');
  });

  test('a Delete without the protection that was deployed removes nothing', async () => {
    stage.world.service.console.createConnector({ name: 'One', arn: ROLE, externalId: 'ee' });
    await refused(stage, async () => attack('Delete', { DeletionProtection: 'false' }), 'asks for another DeletionProtection');
    expect(stage.world.service.baseAccounts()).toHaveLength(1);
  });

  test('a Delete at a host that was never deployed is refused by the rights of the function (fault 82)', async () => {
    const answer = await attack('Delete', { Service: { ...service(), ...OTHER_HOSTS, ApiServer: OTHER_HOSTS.apiServer, Gateway: OTHER_HOSTS.gateway, PlatformUrl: OTHER_HOSTS.platformUrl } },
      { PhysicalResourceId: 'qualys-base-account:qualysapi.other.example:GLOBAL' });
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/AccessDenied.*ssm:GetParameter/) });
    expect(stage.world.otherPlatform!.requests()).toEqual([]);
  });

  test('a Delete of a deployed host with a gateway elsewhere is refused (fault 82)', async () => {
    const moved = { ...service(), ApiServer: OTHER_HOSTS.apiServer, Gateway: 'https://gateway.attacker.example', PlatformUrl: undefined };
    await refused(stage, async () => attack('Delete', { Service: moved }, { PhysicalResourceId: 'qualys-base-account:qualysapi.other.example:GLOBAL' }), 'https://gateway.attacker.example is no host of qualysapi.other.example');
  });

  test.each<[string, object, string]>([
    ['another stack', { StackId: 'arn:aws:cloudformation:us-east-1:111111111111:stack/Other/1' }, 'it comes from the stack arn:aws:cloudformation:us-east-1:111111111111:stack/Other/1'],
    ['another resource of the stack', { LogicalResourceId: 'Somebody' }, 'the event is of the resource Somebody, but this function serves Registration alone'],
  ])('an event of %s is refused (fault 83)', async (_, event, words) => {
    await refused(stage, async () => attack('Update', {}, event), words);
  });

  test.each<[string, object]>([
    ['Task', { Task: 'DAILY_RUN' }], ['Task', { Task: 'CONFIRM' }], ['Step', { Step: 'createSecret', SecretId: 's', ClientRequestToken: 't' }],
  ])('what a schedule or Secrets Manager hands over reaches no request of CloudFormation: %s beside it (fault 84)', async (_, event) => {
    stage.world.traffic.calls = [];
    expect(await attack('Delete', { DeletionProtection: 'false' }, event)).toBeUndefined();
    expect(stage.world.traffic.calls).toEqual([]);
    expect(await stage.function.invoke({ Task: 'DAILY_RUN', RequestType: 'Delete' })).toMatchObject({ outcome: 'threw', error: { message: expect.stringContaining('the function does not take this event') } });
  });

  test.each(['https://answers.attacker.example/x', 'https://127.0.0.1/x', 'http://127.0.0.1:1/x'])('no answer goes to %s (fault 85)', async (ResponseURL) => {
    stage.world.traffic.calls = [];
    await attack('Update', {}, { ResponseURL });
    expect([stage.world.traffic.calls, stage.world.log.at(-1)]).toEqual([[], expect.stringContaining('no usable ResponseURL')]);
  });

  test.each(['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_SECRETS_MANAGER'])('%s in the environment sends no secret elsewhere (fault 86)', async (name) => {
    const { stackId } = stage.stack;
    for (const url of ['https://attacker.example', 'https://attacker.s3.amazonaws.com', 'https://x.lambda-url.us-east-1.on.aws', 'nonsense']) {
      await stage.function.servingInstead(stackId, stackId, async () => {
        stage.function.configure({ ...stage.function.environment, [name]: url });
        await refused(stage, async () => attack('Update', { Title: 'New' }), `the environment variable ${name} of the function leads calls of AWS to a host`);
        expect(await stage.dailyRun()).toMatchObject({ outcome: 'threw' });
      });
    }
    expect(calls(stage)).toEqual([]);
  });

  test('every call of the service tells its host in the log (fault 87)', async () => {
    const told = stage.world.log.filter((line) => line.includes('"service:')).map((line) => (JSON.parse(line) as { host?: string }).host);
    expect([told.length > 0, new Set(told)]).toEqual([true, new Set(['qualysapi.connectors.example'])]);
  });
});

describe('whoever can invoke the connectors\' function does not get the password (fault 81)', () => {
  test('by a lookup at another host', async () => {
    const stage = new LookupStage();
    await stage.deploy();
    const { Service } = stage.stack.resources.get('Lookup')!.properties;
    await refused(stage, async () => stage.forge('Update', 'Lookup', { Service: { ...Service, ...ELSEWHERE } }), 'is no service that this function was deployed for');
  });

  test.each(['Create', 'Update'] as const)('by a %s of a connector at another host', async (requestType) => {
    const stage = new ConnectorStage();
    await stage.deploy();
    const { Service } = stage.stack.resources.get('Production')!.properties;
    await refused(stage, async () => stage.forge(requestType, 'Production', { Service: { ...Service, ...ELSEWHERE } }), 'is no service that this function was deployed for');
  });

  test('by a Delete at a host that was never deployed, or with a gateway elsewhere (fault 82)', async () => {
    const stage = new ConnectorStage();
    await stage.deploy();
    const { Service } = stage.stack.resources.get('Production')!.properties;
    const event = { PhysicalResourceId: `qualys-connector:api.attacker.example:${ROLE}` };
    await refused(stage, async () => stage.forge('Delete', 'Production', { Service: { ...Service, ...ELSEWHERE, Gateway: undefined, PlatformUrl: undefined } }, event), 'AccessDenied');
    await refused(stage, async () => stage.forge('Delete', 'Production', { Service: { ...Service, ...ELSEWHERE } }, event), 'is no host of api.attacker.example');
  });
});

describe('whoever can invoke the function of a role\'s trust does not let himself in (fault 81)', () => {
  let stage: RoleTrustStage;
  beforeEach(async () => {
    stage = new RoleTrustStage();
    expect(await stage.deploy()).toBe('CREATE_COMPLETE');
  });
  const attacker = { Sid: 'BaseAccount', Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::666666666666:root' }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'sts:ExternalId': 'mine' } } };

  test.each<[string, object, string]>([
    ['other statements', { Statements: [attacker] }, 'asks for another Statements'],
    ['another external ID', { ExternalId: 'mine' }, 'asks for another ExternalId'],
    ['former accounts', { FormerAccountIds: ['666666666666'] }, 'asks for another FormerAccountIds'],
    ['another record', { RecordName: '/mine' }, 'asks for another RecordName'],
    ['another role', { RoleArn: 'arn:aws:iam::111111111111:role/Administrator' }, 'asks for another RoleArn'],
  ])('by %s', async (_, properties, words) => {
    const before = stage.document;
    for (const requestType of ['Create', 'Update'] as const) await refused(stage, async () => stage.forge(requestType, 'Trust', properties), words);
    expect(stage.document).toBe(before);
  });

  test('by a Delete of a role that was never deployed (fault 82)', async () => {
    stage.roles.create('Administrator', stage.document);
    const answer = await stage.forge('Delete', 'Trust', { RoleArn: 'arn:aws:iam::111111111111:role/Administrator', RecordName: '/cdk-qualys-connectors/role-trust/Administrator' },
      { PhysicalResourceId: 'qualys-role-trust:111111111111:Administrator' });
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('AccessDenied') });
    expect(stage.roles.get('Administrator').written).toEqual([]);
  });
});

describe('whoever can invoke the key\'s function gets no key anywhere else (fault 81)', () => {
  test.each<[string, object]>([
    ['another user', { UserName: 'administrator' }], ['another secret', { SecretArn: 'arn:aws:secretsmanager:us-east-1:111111111111:secret:mine-x9y8z7' }], ['another account', { AwsAccountId: '666666666666' }],
  ])('by %s', async (_, properties) => {
    const stage = new BaseAccountStage({ writeApi: true });
    await stage.deploy();
    for (const requestType of ['Create', 'Update'] as const) await refused(stage, async () => stage.forge(requestType, 'UserKey', properties), 'but this function was deployed for qualys-base-account');
    expect(stage.keyIds).toHaveLength(1);
  });
});
