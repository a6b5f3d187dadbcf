import { CfnParameter } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { KeyDelivery } from '../../../src/base-account/key-delivery';
import { ConnectorService } from '../../../src/service/connector-service';
import { QualysPlatform } from '../../../src/service/qualys-platform';
import { DAILY_RUN, OWN, register, synth } from '../../support/apps/base-account-registrations';
import { newService, newStack, plain, Synth } from '../../support/synth/synth';

const api = { delivery: KeyDelivery.api() };

test('without rotation and without a person it makes these resources and no others', () => {
  expect(synth(api).names()).toEqual(['Entry', ...OWN]);
});

test('without rotation nobody but CloudFormation calls its function, and it has no right on keys', () => {
  const result = synth(api);
  expect(Object.keys(result.properties('EntryFunction').Environment.Variables).sort()).toEqual(['REGISTRATION', 'STACK', 'TITLE']);
  expect(result.names().filter((name) => result.resource(name).Type === 'AWS::Lambda::Permission')).toEqual([]);
  expect(JSON.stringify(result.template.toJSON())).not.toMatch(/iam:|PutSecretValue|DescribeSecret|UpdateSecretVersionStage|TagResource/);
});

test.each([['auto', KeyDelivery.auto()], ['console', KeyDelivery.console()]])('delivery %s: where a person may have to enter the key, a daily run looks for it without rotation, too', (_, delivery) => {
  const result = synth({ delivery });
  expect(result.names()).toEqual(['Entry', 'EntryAccess', ...DAILY_RUN, ...OWN.slice(1)]);
  expect(result.properties('EntryDailyRun')).toEqual({
    Description: 'Daily run of cdk-qualys-connectors: looks whether the key was entered at the console.',
    ScheduleExpression: 'rate(1 day)',
    State: 'ENABLED',
    Targets: [{ Arn: '${EntryFunction.Arn}', Id: 'Function', Input: '{"Task":"DAILY_RUN"}' }],
  });
  expect(result.properties('EntryDailyRunInvocation')).toEqual({
    Action: 'lambda:InvokeFunction', FunctionName: '${EntryFunction.Arn}', Principal: 'events.amazonaws.com', SourceArn: '${EntryDailyRun.Arn}',
  });
  expect(result.needs('EntryDailyRun')).toContain('Entry');
  expect(JSON.stringify(result.template.toJSON())).not.toMatch(/iam:|PutSecretValue|DescribeSecret|UpdateSecretVersionStage|TagResource/);
});

test('the resource has exactly the contract\'s properties', () => {
  const { Delivery, ...properties } = synth().properties('Entry');
  expect(properties).toEqual({
    ServiceToken: '${EntryFunction.Arn}',
    ServiceTimeout: '1500',
    SchemaVersion: '1',
    Service: {
      ApiServer: 'https://qualysapi.qg2.apps.qualys.com',
      Gateway: 'https://gateway.qg2.apps.qualys.com',
      PlatformUrl: 'https://qualysguard.qg2.apps.qualys.com',
      Authentication: 'BASIC',
      CredentialsSecretArn: 'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:qualys/api-user',
    },
    AccountType: 'GLOBAL',
    Title: 'Central Security',
    AwsAccountId: '${AWS::AccountId}',
    UserName: 'base',
    AccessKeySecretArn: 'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:base-key',
    AdoptExisting: 'false',
    DeletionProtection: 'true',
    RecordName: '/cdk-qualys-connectors/base-account/qualysapi.qg2.apps.qualys.com/GLOBAL',
  });
  expect(Delivery.Mode).toBe('AUTO');
  expect(synth().resource('Entry').Type).toBe('Custom::QualysBaseAccount');
});

test.each([[true, 'true'], [false, 'false']])('useInAssetView, adoptExisting and deletionProtection %s are sent as texts', (value, text) => {
  expect(synth({ useInAssetView: value, adoptExisting: value, deletionProtection: value }).properties('Entry'))
    .toMatchObject({ UseInAssetView: text, AdoptExisting: text, DeletionProtection: text });
});

test('the service is called from its network', () => {
  const stack = newStack('us-east-1');
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-0a1b2c3d', availabilityZones: ['us-east-1a'], privateSubnetIds: ['subnet-0a1b2c3d'] });
  const { platform, credentials } = newService(stack);
  register(stack, { service: new ConnectorService({ platform, credentials, vpc }) });
  expect(new Synth(stack).properties('EntryFunction').VpcConfig.SubnetIds).toEqual(['subnet-0a1b2c3d']);
});

describe('output', () => {
  const delivered = (delivery?: KeyDelivery) => synth({ delivery }).template.toJSON().Outputs;

  test.each([['auto', undefined], ['console', KeyDelivery.console()]])('%s: the next step stands in an output', (_, delivery) => {
    const [[name, output]] = Object.entries<any>(delivered(delivery)).filter(([id]) => id !== 'ConfirmCommand');
    expect(name).toMatch(/^EntryNextStep[0-9A-F]{8}$/);
    expect(plain(output)).toEqual({ Description: 'What a person has to do for the Qualys base account (Global)', Value: '${Entry.NextStep}' });
  });

  test('api: there is none', () => {
    expect(Object.keys(delivered(KeyDelivery.api()))).toEqual(['ConfirmCommand']);
  });

  test('the command that makes the function look now, and in AWS CLI\'s words waits as long as it may take', () => {
    const { Value } = plain(delivered(KeyDelivery.api()).ConfirmCommand);
    expect(Value).toBe('aws lambda invoke --function-name ${EntryFunction} --payload \'{"Task":"CONFIRM"}\' --cli-binary-format raw-in-base64-out --cli-read-timeout 910 '
      + '--region ${AWS::Region} /dev/stdout');
  });
});

test('attributes', () => {
  const stack = newStack();
  const { registrationStatus, registeredAccessKeyId, nextStep } = register(stack);
  expect(plain(stack.resolve({ registrationStatus, registeredAccessKeyId, nextStep }))).toEqual({
    registrationStatus: '${Entry.Status}', registeredAccessKeyId: '${Entry.RegisteredAccessKeyId}', nextStep: '${Entry.NextStep}',
  });
});

test('a platform that only the deployment knows', () => {
  const stack = newStack();
  const platform = QualysPlatform.custom({ apiServer: new CfnParameter(stack, 'Server').valueAsString });
  register(stack, { service: newService(stack, platform) });
  const { Service, RecordName } = new Synth(stack).resource('Entry').Properties;
  expect(Service.ApiServer).toEqual({ Ref: 'Server' });
  expect(RecordName['Fn::Join'][1]).toEqual([
    '/cdk-qualys-connectors/base-account/',
    { 'Fn::Join': ['_', { 'Fn::Split': [':', { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'Server' }] }] }] }] },
    '/GLOBAL',
  ]);
});
