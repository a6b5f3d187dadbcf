import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { QualysAccountLookup } from '../../../src/connector/qualys-account-lookup';
import { ConnectorService, ConnectorServiceProps } from '../../../src/service/connector-service';
import { QualysCredentials } from '../../../src/service/qualys-credentials';
import { QualysPlatform } from '../../../src/service/qualys-platform';
import { connect, newRole } from '../../support/apps/connectors';
import { newService, newStack, plain, Synth } from '../../support/synth/synth';

const FUNCTION = ['QualysConnectorFunction', 'QualysConnectorFunctionExecution', 'QualysConnectorFunctionLogGroup', 'QualysConnectorFunctionRole'];
const NOTES = 'QualysConnectorNotesqualysapiqg2appsqualyscom';

const arn = (id: number, name = 'QualysConnector') => `arn:aws:iam::${String(id).padStart(12, '0')}:role/${name}`;

function serviceOf(secret: ISecret, props: Partial<ConnectorServiceProps> = {}): ConnectorService {
  return new ConnectorService({ platform: QualysPlatform.US_2, credentials: QualysCredentials.basic(secret), ...props });
}

function policies(stack: Stack): [string, any][] {
  return Object.entries<any>(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy')).filter(([id]) => id.startsWith('QualysConnectorAccess'));
}

/** The IDs of what is not a connector, a lookup or a role. */
function shared(stack: Stack): string[] {
  return Object.entries<any>(Template.fromStack(stack).toJSON().Resources)
    .filter(([, { Type }]) => !Type.startsWith('Custom::') && Type !== 'AWS::SecretsManager::Secret')
    .map(([id]) => id).sort();
}

test('a connector makes these resources and no others', () => {
  const stack = newStack();
  connect(stack);
  const names = new Synth(stack).names();
  expect(names).toEqual(['Connector', expect.stringMatching(/^QualysConnectorAccess[0-9a-f]{16}$/), ...FUNCTION, NOTES]);
});

test('150 connectors and a lookup are 150 and one resources more than the function and its rights', () => {
  const count = 150;
  const stack = newStack();
  for (let id = 0; id < count; id++) connect(stack, { roleArn: arn(id) }, `Connector${id}`);
  new QualysAccountLookup(stack, 'Lookup', { service: newService(stack) });
  const { Resources } = Template.fromStack(stack).toJSON();
  expect(Object.keys(Resources)).toHaveLength(FUNCTION.length + 2 + count + 1);
  const limit = 1024 * 1024;
  expect(JSON.stringify(Template.fromStack(stack).toJSON()).length).toBeLessThan(limit / 2);

  const one = newStack();
  connect(one);
  expect(shared(stack)).toEqual(shared(one));
  expect(policies(stack)).toEqual(policies(one));
});

test('what the function is called depends on no service, platform, secret or order', () => {
  const build = (order: number[]) => {
    const stack = newStack();
    const services = [
      newService(stack),
      newService(stack, QualysPlatform.EU_1),
      serviceOf(Secret.fromSecretNameV2(stack, 'Other', 'qualys/other')),
    ];
    order.forEach((index) => { connect(stack, { service: services[index], roleArn: arn(index) }, `Connector${index}`); });
    return shared(stack);
  };
  const all = build([0, 1, 2]);
  expect(all.filter((id) => !/^QualysConnector(Access|Notes)/.test(id))).toHaveLength(FUNCTION.length);
  expect(build([2, 1, 0])).toEqual(all);
  for (const order of [[0], [1], [2]]) {
    const ids = build(order);
    expect(ids).toHaveLength(FUNCTION.length + 2);
    expect(all).toEqual(expect.arrayContaining(ids));
  }
});

test('each stack has its own function, a nested one too', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const nested = new NestedStack(stack, 'Nested');
  connect(stack, { roleArn: arn(1) });
  connect(nested, { roleArn: arn(2) });
  for (const each of [stack, nested]) Template.fromStack(each).resourceCountIs('AWS::Lambda::Function', 1);
});

describe('rights', () => {
  test('are to read the one secret, and nothing else', () => {
    const stack = newStack();
    connect(stack);
    const [[, policy]] = policies(stack);
    expect(plain(policy.Properties)).toEqual({
      Description: 'Lets a function of cdk-qualys-connectors sign in at the Qualys connector service.',
      Path: '/',
      PolicyDocument: {
        Statement: [{
          Action: 'secretsmanager:GetSecretValue',
          Effect: 'Allow',
          Resource: 'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:qualys/api-user-??????',
        }],
        Version: '2012-10-17',
      },
      Roles: ['${QualysConnectorFunctionRole}'],
    });
  });

  test('are to use the secret\'s key too, through Secrets Manager only', () => {
    const stack = newStack();
    const secret = new Secret(stack, 'ApiUser', { encryptionKey: new Key(stack, 'Key') });
    connect(stack, { service: serviceOf(secret) });
    const [[, policy]] = policies(stack);
    expect(plain(policy.Properties.PolicyDocument.Statement)).toEqual([
      { Action: 'secretsmanager:GetSecretValue', Effect: 'Allow', Resource: '${ApiUser}' },
      {
        Action: 'kms:Decrypt',
        Effect: 'Allow',
        Resource: '${Key.Arn}',
        Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.${AWS::Region}.amazonaws.com' } },
      },
    ]);
  });

  test('last as long as what needs them, and so does the secret', () => {
    const stack = newStack();
    const secrets = ['One', 'Two'].map((id) => new Secret(stack, id));
    secrets.forEach((secret, index) => { connect(stack, { service: serviceOf(secret), roleArn: arn(index) }, `Connector${index}`); });
    const result = new Synth(stack);
    const [first, second] = [0, 1].map((index) => result.needs(`Connector${index}`).filter((name) => name.startsWith('QualysConnectorAccess')));
    expect([first.length, second.length]).toEqual([1, 1]);
    expect(first).not.toEqual(second);
    // The function itself has both secrets in its environment.
    expect(result.needs('Connector0')).toEqual([...FUNCTION, NOTES, ...first, 'One', 'Two'].sort());
    expect(result.needs('Connector1')).toEqual([...FUNCTION, NOTES, ...second, 'One', 'Two'].sort());
  });

  test('wait for what the secret itself says of them', () => {
    const stack = newStack();
    const secret = new Secret(stack, 'ApiUser');
    secret.denyAccountRootDelete();
    connect(stack, { service: serviceOf(secret) });
    new QualysAccountLookup(stack, 'Lookup', { service: serviceOf(secret) });
    const result = new Synth(stack);
    for (const name of ['Connector', 'Lookup']) expect(result.needs(name)).toContain('ApiUserPolicy');
  });

  test('are shared by all that sign in with the secret', () => {
    const stack = newStack();
    const again = serviceOf(Secret.fromSecretNameV2(stack, 'Again', 'qualys/api-user'), { platform: QualysPlatform.EU_1 });
    connect(stack, {}, 'A');
    connect(stack, { service: again }, 'B');
    new QualysAccountLookup(stack, 'Lookup', { service: again });
    expect(policies(stack)).toHaveLength(1);
  });

  test('secrets of the same logical ID in two stacks are two', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    [new Stack(app, 'One'), new Stack(app, 'Two')].forEach((home, index) => {
      connect(stack, { service: serviceOf(new Secret(home, 'ApiUser')), roleArn: arn(index) }, `Connector${index}`);
    });
    expect(policies(stack)).toHaveLength(2);
  });

  test('another secret is another policy, so that the old one lasts until it is not used', () => {
    const ids = ['qualys/one', 'qualys/two'].map((name) => {
      const stack = newStack();
      connect(stack, { service: serviceOf(Secret.fromSecretNameV2(stack, 'ApiUser', name)) });
      return policies(stack)[0][0];
    });
    expect(ids[0]).not.toBe(ids[1]);
  });

  test('of more than eight secrets are refused: with the log and a platform they are ten policies, AWS\' limit', () => {
    const stack = newStack();
    const add = (index: number) => connect(stack, {
      service: serviceOf(Secret.fromSecretNameV2(stack, `Secret${index}`, `qualys/${index}`)), roleArn: arn(index),
    }, `Connector${index}`);
    for (let index = 0; index < 8; index++) add(index);
    expect(() => add(8)).toThrow('Stack/Connector8 needs one managed policy more than AWS allows the role of the function in stack Stack, which are 10: one for its log, '
      + 'one for each secret with credentials, one for each platform and one for each ConnectorMonitoring. Put some of the connectors in another stack');
  });
});

describe('network', () => {
  const vpcOf = (stack: Stack, id = 'Vpc', vpcId = 'vpc-0a1b2c3d') => Vpc.fromVpcAttributes(stack, id, {
    vpcId, availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-0a1b2c3d', 'subnet-1a1b2c3d'], isolatedSubnetIds: ['subnet-2a1b2c3d', 'subnet-3a1b2c3d'],
  });
  const in_ = (stack: Stack, network: Partial<ConnectorServiceProps>, id: number) =>
    connect(stack, { service: serviceOf(newService(stack).credentials._secret, network), roleArn: arn(id) }, `Connector${id}`);
  const another = /^Stack\/Connector2 has a service with another vpc, vpcSubnets or securityGroups than what stands before it in stack Stack, but one function calls for all/;

  test('is that of the service', () => {
    const stack = newStack();
    in_(stack, { vpc: vpcOf(stack) }, 1);
    expect(new Synth(stack).properties('QualysConnectorFunction').VpcConfig.SubnetIds).toEqual(['subnet-0a1b2c3d', 'subnet-1a1b2c3d']);
  });

  test('may be named twice', () => {
    const stack = newStack();
    const group = SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-0a1b2c3d');
    in_(stack, { vpc: vpcOf(stack), securityGroups: [group] }, 1);
    expect(() => in_(stack, { vpc: vpcOf(stack, 'Again'), vpcSubnets: { subnetType: SubnetType.PRIVATE_WITH_EGRESS }, securityGroups: [group] }, 2)).not.toThrow();
  });

  test.each<[string, (stack: Stack) => Partial<ConnectorServiceProps>, (stack: Stack) => Partial<ConnectorServiceProps>]>([
    ['a VPC after none', () => ({}), (stack) => ({ vpc: vpcOf(stack) })],
    ['none after a VPC', (stack) => ({ vpc: vpcOf(stack) }), () => ({})],
    ['another VPC', (stack) => ({ vpc: vpcOf(stack) }), (stack) => ({ vpc: vpcOf(stack, 'Other', 'vpc-1a1b2c3d') })],
    ['other subnets', (stack) => ({ vpc: vpcOf(stack) }), (stack) => ({ vpc: vpcOf(stack, 'Other'), vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED } })],
    ['another group', (stack) => ({ vpc: vpcOf(stack) }),
      (stack) => ({ vpc: vpcOf(stack, 'Other'), securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-0a1b2c3d')] })],
  ])('%s is refused', (_, first, second) => {
    const stack = newStack();
    in_(stack, first(stack), 1);
    expect(() => in_(stack, second(stack), 2)).toThrow(another);
  });

  test('is one for each stack', () => {
    const app = new App();
    const [one, two] = [new Stack(app, 'One'), new Stack(app, 'Two')];
    in_(one, {}, 1);
    expect(() => in_(two, { vpc: vpcOf(two) }, 2)).not.toThrow();
  });
});

test('roles of the stack are no part of it', () => {
  const stack = newStack();
  connect(stack, { role: newRole(stack) });
  const result = new Synth(stack);
  expect(result.needs('QualysConnectorFunction')).toEqual(FUNCTION.slice(1));
});
