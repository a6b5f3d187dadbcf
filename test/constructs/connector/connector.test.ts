import { CfnParameter, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { ActivationModule } from '../../../src/connector/activation-module';
import { ConnectorVerification } from '../../../src/connector/connector-verification';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { AccountType } from '../../../src/service/account-type';
import { ConnectorModule } from '../../../src/service/connector-module';
import { ExternalId } from '../../../src/service/external-id';
import { connect, ConnectProps, EXTERNAL_ID, newRole, ROLE_ARN } from '../../support/apps/connectors';
import { CONNECTED_ACCOUNT } from '../../support/synth/policies';
import { newStack, plain, Synth } from '../../support/synth/synth';

function synth(props: ConnectProps = {}, region?: string): Synth {
  const stack = newStack(region);
  connect(stack, props);
  return new Synth(stack);
}

const sent = (props: ConnectProps, region?: string) => synth(props, region).properties('Connector');

test('the resource has exactly the contract\'s properties', () => {
  expect(sent({})).toEqual({
    ServiceToken: '${QualysConnectorFunction.Arn}',
    ServiceTimeout: '3300',
    SchemaVersion: '1',
    Service: {
      ApiServer: 'https://qualysapi.qg2.apps.qualys.com',
      Gateway: 'https://gateway.qg2.apps.qualys.com',
      PlatformUrl: 'https://qualysguard.qg2.apps.qualys.com',
      Authentication: 'BASIC',
      CredentialsSecretArn: 'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:qualys/api-user',
    },
    AccountType: 'GLOBAL',
    Name: 'Production',
    RoleArn: ROLE_ARN,
    ExternalId: EXTERNAL_ID,
    Modules: ['AI'],
    PollingMinutes: '240',
    Enabled: 'true',
    AdoptExisting: 'false',
    Verification: 'FAIL',
  });
  expect(synth().resource('Connector').Type).toBe('Custom::QualysConnector');
});

test('everything that is given is sent', () => {
  expect(sent({
    name: 'Production',
    description: 'The shop',
    modules: [ConnectorModule.SECURITY_ASSESSMENT, ConnectorModule.ASSET_INVENTORY, ConnectorModule.SECURITY_ASSESSMENT],
    activationModules: [ActivationModule.PC, ActivationModule.VM],
    regions: ['us-east-1', 'eu-central-1', 'us-east-1'],
    pollingInterval: Duration.hours(24),
    enabled: false,
    adoptExisting: true,
    verify: ConnectorVerification.skip(),
  })).toMatchObject({
    Description: 'The shop',
    Modules: ['AI', 'CSA'],
    Activation: ['VM', 'PC'],
    Regions: ['eu-central-1', 'us-east-1'],
    PollingMinutes: '1440',
    Enabled: 'false',
    AdoptExisting: 'true',
    Verification: 'NONE',
  });
});

test('an empty activation is sent, other than one that is left out', () => {
  expect(sent({ activationModules: [] }).Activation).toEqual([]);
  expect(sent({})).not.toHaveProperty('Activation');
});

test('modules and activation modules by the service\'s names', () => {
  expect(['AI', 'CI', 'CSA'].map((name) => ConnectorModule.of(name))).toEqual([
    ConnectorModule.ASSET_INVENTORY, ConnectorModule.CLOUD_INVENTORY, ConnectorModule.SECURITY_ASSESSMENT,
  ]);
  const names = ['VM', 'PC', 'SCA', 'CERTVIEW', 'CLOUDVIEW', 'CSA'];
  expect(names.map((name) => ActivationModule.of(name).name)).toEqual(names);
});

describe('modules follow the permissions of the role', () => {
  test.each([
    ['assetInventory', ConnectorPermissions.assetInventory(), ['AI']],
    ['assetInventoryWithAssessment', ConnectorPermissions.assetInventoryWithAssessment(), ['AI']],
    ['securityPosture', ConnectorPermissions.securityPosture(), ['AI', 'CI', 'CSA']],
    ['extended securityPosture', ConnectorPermissions.securityPosture({ extended: true }), ['AI', 'CI', 'CSA']],
    ['organization', ConnectorPermissions.organization(), ['AI']],
    ['custom', ConnectorPermissions.custom({ managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('SecurityAudit')] }), ['AI']],
  ])('%s', (_, permissions, modules) => {
    const stack = newStack();
    connect(stack, { role: newRole(stack, { permissions }) });
    expect(new Synth(stack).properties('Connector').Modules).toEqual(modules);
  });

  test('unless they are given', () => {
    const stack = newStack();
    connect(stack, { role: newRole(stack, { permissions: ConnectorPermissions.securityPosture() }), modules: [ConnectorModule.CLOUD_INVENTORY] });
    expect(new Synth(stack).properties('Connector').Modules).toEqual(['CI']);
  });
});

describe('a role of the same stack', () => {
  test('is referred to, with its external ID', () => {
    const stack = newStack();
    connect(stack, { role: newRole(stack, { externalId: ExternalId.perAccount('8317265094418823') }) });
    expect(new Synth(stack).properties('Connector')).toMatchObject({ RoleArn: '${Role.Arn}', ExternalId: '8317265094418823${AWS::AccountId}' });
  });

});

describe('an external ID for each account is that of the role\'s account', () => {
  const externalId = ExternalId.perAccount('8317265094418823');

  test('by ARN', () => {
    expect(sent({ externalId }, 'us-east-1').ExternalId).toBe(`8317265094418823${CONNECTED_ACCOUNT}`);
  });

  test('by an ARN that only the deployment knows', () => {
    const stack = newStack();
    connect(stack, { roleArn: new CfnParameter(stack, 'RoleArn').valueAsString, externalId });
    expect(new Synth(stack).resource('Connector').Properties).toMatchObject({
      RoleArn: { Ref: 'RoleArn' },
      ExternalId: { 'Fn::Join': ['', ['8317265094418823', { 'Fn::Select': [4, { 'Fn::Split': [':', { Ref: 'RoleArn' }] }] }]] },
    });
  });
});

describe('account type', () => {
  test.each([
    ['aws', 'GLOBAL', 'us-east-1'], ['aws-us-gov', 'US_GOVCLOUD', 'us-east-1'], ['aws-cn', 'CHINA', undefined],
  ])('is that of the ARN in partition %s, wherever the connector stands', (partition, name, region) => {
    expect(sent({ roleArn: `arn:${partition}:iam::${CONNECTED_ACCOUNT}:role/a/b/Name` }, region).AccountType).toBe(name);
  });

  test('is that of the stack where only the deployment knows the role', () => {
    const stack = newStack('us-gov-west-1');
    connect(stack, { roleArn: new CfnParameter(stack, 'RoleArn').valueAsString });
    expect(new Synth(stack).properties('Connector').AccountType).toBe('US_GOVCLOUD');
  });

  test('is taken as given where nothing is known', () => {
    const stack = newStack();
    connect(stack, { role: newRole(stack), accountType: AccountType.US_GOVCLOUD });
    expect(new Synth(stack).properties('Connector').AccountType).toBe('US_GOVCLOUD');
  });

  test('China: no modules, as CloudView\'s API takes none', () => {
    const properties = sent({ roleArn: `arn:aws-cn:iam::${CONNECTED_ACCOUNT}:role/Name`, pollingInterval: Duration.minutes(90), enabled: false });
    expect(properties).toMatchObject({ AccountType: 'CHINA', Modules: [], PollingMinutes: '90', Enabled: 'false' });
    expect(properties).not.toHaveProperty('Regions');
  });
});

test('tokens pass', () => {
  const stack = newStack();
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  connect(stack, { name: text('Name'), description: text('Description'), regions: [text('Region')] });
  expect(new Synth(stack).properties('Connector')).toMatchObject({
    Name: '${Name}', Description: '${Description}', Regions: ['${Region}'],
  });
});

describe('removalPolicy', () => {
  test.each([
    ['default', undefined, 'Delete'],
    ['DESTROY', RemovalPolicy.DESTROY, 'Delete'],
    ['RETAIN', RemovalPolicy.RETAIN, 'Retain'],
  ])('%s', (_, removalPolicy, policy) => {
    const { DeletionPolicy, UpdateReplacePolicy } = synth({ removalPolicy }).resource('Connector');
    expect([DeletionPolicy, UpdateReplacePolicy]).toEqual([policy, policy]);
  });
});

test('attributes', () => {
  const stack = newStack();
  const { connectorId, qualysAccountId, connectorState, verificationResult } = connect(stack);
  expect(plain(stack.resolve({ connectorId, qualysAccountId, connectorState, verificationResult }))).toEqual({
    connectorId: '${Connector.ConnectorId}',
    qualysAccountId: '${Connector.QualysAwsAccountId}',
    connectorState: '${Connector.State}',
    verificationResult: '${Connector.Verification}',
  });
});

describe('verify', () => {
  test.each<[string, ConnectorVerification | undefined, string]>([
    ['left out', undefined, 'FAIL'],
    ['fail', ConnectorVerification.fail(), 'FAIL'],
    ['warn', ConnectorVerification.warn(), 'WARN'],
    ['skip', ConnectorVerification.skip(), 'NONE'],
  ])('%s is sent, and makes no output of its own: a template takes 200 of them', (_, verify, mode) => {
    const result = synth({ verify });
    expect(result.properties('Connector').Verification).toBe(mode);
    expect(Object.keys(result.template.toJSON().Outputs)).toEqual(['ConfirmCommand']);
  });
});
