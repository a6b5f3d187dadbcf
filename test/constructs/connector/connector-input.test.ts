import { App, CfnParameter, Duration, SecretValue, Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ActivationModule } from '../../../src/connector/activation-module';
import { AssetTag } from '../../../src/connector/asset-tag';
import { Connector } from '../../../src/connector/connector';
import { ConnectorProps } from '../../../src/connector/connector-props';
import { ConnectorRole } from '../../../src/role/connector-role';
import { ConnectorRoleAttributes, IConnectorRole } from '../../../src/role/connector-role-attributes';
import { AccountType } from '../../../src/service/account-type';
import { ConnectorModule } from '../../../src/service/connector-module';
import { QualysPlatform } from '../../../src/service/qualys-platform';
import { connect, ConnectProps, EXTERNAL_ID, newRole, ROLE_ARN } from '../../support/apps/connectors';
import { CONNECTED_ACCOUNT } from '../../support/synth/policies';
import { newService, newStack, Synth } from '../../support/synth/synth';

const making = (props: ConnectProps, region?: string) => () => connect(newStack(region), props);

describe('name and description', () => {
  test.each([
    ['', 'name must be 1 to 255 characters long, got 0'],
    ['x'.repeat(256), 'name must be 1 to 255 characters long, got 256'],
    [' ', 'name must hold a character other than a space'],
    ['a\nb', 'name may only hold characters other than line breaks and control characters'],
    [SecretValue.secretsManager('canary').unsafeUnwrap(), 'name must be a plain text, got a secret or a dynamic reference'],
  ])('%j is refused', (text, message) => {
    expect(making({ name: text })).toThrow(message);
    expect(making({ description: text })).toThrow(message.replace('name', 'description'));
  });

  test.each(['x', 'x'.repeat(255), 'A & B <c> "d" – 安全'])('%j is taken', (name) => {
    expect(making({ name, description: name })).not.toThrow();
  });

  test('a description does not say whose the connector is', () => {
    expect(making({ description: 'Copied [cdk-qualys-connectors created arn:aws:cloudformation:us-east-1:111122223333:stack/Other/1 Connector]' }))
      .toThrow("description must not hold '[cdk-qualys-connectors ', by which the library tells at the service whose the connector is");
  });
});

describe('what is connected', () => {
  test('is a role with its external ID: plain JavaScript hears what it left out', () => {
    const stack = newStack();
    const props = { service: newService(stack), name: 'Production' };
    expect(() => new Connector(stack, 'A', props as ConnectorProps)).toThrow('role must be an IConnectorRole, as a ConnectorRole is, got undefined');
    expect(() => new Connector(stack, 'B', { ...props, role: ROLE_ARN } as unknown as ConnectorProps))
      .toThrow('role must be an IConnectorRole, as a ConnectorRole is, got a value of type string');
    expect(() => ConnectorRole.fromConnectorRoleAttributes(stack, 'Role', { roleArn: ROLE_ARN } as ConnectorRoleAttributes)).toThrow('externalId must be an ExternalId, got undefined');
  });

  test('may be a role of an implementation of one\'s own', () => {
    const stack = newStack();
    const role: IConnectorRole = Object.assign(new Construct(stack, 'Own'), { roleArn: ROLE_ARN, roleName: 'QualysConnector', externalId: EXTERNAL_ID });
    connect(stack, { role });
    expect(new Synth(stack).properties('Connector')).toMatchObject({ RoleArn: ROLE_ARN, ExternalId: EXTERNAL_ID, AccountType: 'GLOBAL', Modules: ['AI'] });
  });

  test.each([
    'QualysConnector', '', ' ', 'arn:aws:iam::22223333444:role/Name', 'arn:aws:iam::222233334444:user/Name', 'arn:aws:iam:us-east-1:222233334444:role/Name',
    'arn:aws:iam::222233334444:role/', 'arn:aws:iam::222233334444:role/a/', `arn:aws:iam::222233334444:role/${'x'.repeat(65)}`,
    'arn:aws:iam::222233334444:role/Name ', 'arn:aws:sts::222233334444:assumed-role/Name/s', 'arn:aws:iam::222233334444:root',
  ])('%j is no ARN of a role', (roleArn) => {
    expect(making({ roleArn })).toThrow('roleArn must be the ARN of an IAM role');
  });

  test('is in the partition of the account type', () => {
    expect(making({ accountType: AccountType.US_GOVCLOUD }))
      .toThrow(`accountType US_GOVCLOUD is for partition aws-us-gov, but roleArn is ${ROLE_ARN} (partition aws): use AccountType.GLOBAL or a role in the other partition`);
    const app = new App();
    const role = newRole(new Stack(app, 'Gov', { env: { region: 'us-gov-west-1', account: CONNECTED_ACCOUNT } }), { roleName: 'Name' });
    expect(() => connect(newStack('us-east-1', app), { role, accountType: AccountType.GLOBAL }))
      .toThrow('accountType GLOBAL is for partition aws, but Gov/Role is in region us-gov-west-1 (partition aws-us-gov)');
  });

  test('is in a partition that Qualys has an account type for', () => {
    expect(making({ roleArn: 'arn:aws-iso:iam::222233334444:role/Name' })).toThrow('for which Qualys has no account type');
  });
});

describe('polling', () => {
  test.each([Duration.minutes(60), Duration.minutes(61), Duration.hours(24), Duration.days(1)])('%s is taken', (pollingInterval) => {
    expect(making({ pollingInterval })).not.toThrow();
  });

  test.each([[Duration.minutes(59), 59], [Duration.minutes(1441), 1441], [Duration.days(2), 2880], [Duration.seconds(3630), 60.5], [Duration.seconds(0), 0]])('%s is refused', (pollingInterval, got) => {
    expect(making({ pollingInterval })).toThrow(`pollingInterval must be from 1 to 24 hours in whole minutes, got ${got} minutes: use Duration.hours() with 1 to 24`);
  });

  test.each(['minutes', 'hours'] as const)('a token in %s is refused: the template and the warning need the number', (unit) => {
    const stack = newStack();
    const pollingInterval = Duration[unit](new CfnParameter(stack, 'Polling', { type: 'Number' }).valueAsNumber);
    expect(() => connect(stack, { pollingInterval })).toThrow('pollingInterval must be known at synth, got a token: use Duration.hours() or Duration.minutes() with a number');
  });
});

describe('modules', () => {
  test('are known', () => {
    expect(() => ConnectorModule.of('ai')).toThrow("module must be one of AI, CI, CSA, got 'ai'");
    expect(() => ActivationModule.of('csa')).toThrow("activation module must be one of VM, PC, SCA, CERTVIEW, CLOUDVIEW, CSA, got 'csa'");
    const token = new CfnParameter(newStack(), 'Module').valueAsString;
    expect(() => ActivationModule.of(token)).toThrow('activation module must be one of VM, PC, SCA, CERTVIEW, CLOUDVIEW, CSA, got');
  });

  test('one at least', () => {
    expect(making({ modules: [] })).toThrow('modules must name a module, got none');
  });
});

describe('regions', () => {
  test.each([
    [['us-east-9'], 'GLOBAL', "got 'us-east-9', which this version of aws-cdk-lib does not know"],
    [['us-east-1', 'us-gov-west-1'], 'GLOBAL', "got 'us-gov-west-1', which is in partition aws-us-gov"],
    [['US-EAST-1'], 'GLOBAL', "got 'US-EAST-1', which this version of aws-cdk-lib does not know"],
  ])('%j is refused', (regions, name, message) => {
    expect(making({ regions })).toThrow(`regions must be regions of partition aws (accountType ${name})`);
    expect(making({ regions })).toThrow(message);
  });

  test('are those of the account type, not of the stack', () => {
    const roleArn = `arn:aws-us-gov:iam::${CONNECTED_ACCOUNT}:role/Name`;
    expect(making({ roleArn, regions: ['us-gov-east-1'] }, 'us-east-1')).not.toThrow();
    expect(making({ roleArn, regions: ['us-east-1'] }, 'us-east-1')).toThrow('regions must be regions of partition aws-us-gov');
  });

  test('one at least', () => {
    expect(making({ regions: [] })).toThrow('regions must name a region, got none: leave it out for all regions');
  });
});

describe('China, which only CloudView\'s API can write', () => {
  const roleArn = `arn:aws-cn:iam::${CONNECTED_ACCOUNT}:role/Name`;

  test.each<[string, ConnectProps]>([
    ['modules', { modules: [ConnectorModule.ASSET_INVENTORY] }],
    ['activationModules', { activationModules: [] }],
    ['regions', { regions: ['cn-north-1'] }],
    ['defaultTags', { defaultTags: [AssetTag.id(1)] }],
    ['perimeterScan', { perimeterScan: false }],
    ['modules, activationModules, regions', { modules: [], activationModules: [], regions: [] }],
  ])('%s are refused', (names, props) => {
    expect(making({ roleArn, ...props })).toThrow(`${names} must be left out for accountType CHINA: only the CloudView v1 API can write such a connector`);
  });

  test('needs a host of that API', () => {
    const stack = newStack();
    const service = (hosts: object) => newService(stack, QualysPlatform.custom({ apiServer: 'https://qualysapi.example.com', ...hosts }));
    expect(() => connect(stack, { roleArn, service: service({}) }, 'None')).toThrow('platformUrl or gateway of QualysPlatform.custom() must be set for accountType CHINA');
    expect(() => connect(stack, { roleArn, service: service({ gateway: 'https://gateway.example.com' }) }, 'Gateway')).not.toThrow();
  });
});

describe('one connector a role', () => {
  const both = (first: string, second: string) => new RegExp(`^${first} and ${second} both connect the role `);

  test('by ARN, also in another stack', () => {
    const app = new App();
    connect(newStack('us-east-1', app, 'One'));
    expect(() => connect(newStack('eu-west-1', app, 'Two'))).toThrow(both('One/Connector', 'Two/Connector'));
  });

  test('by reference, with and without a name', () => {
    for (const roleName of [undefined, 'QualysConnector']) {
      const app = new App();
      const stack = new Stack(app, 'Stack');
      const role = newRole(stack, { roleName });
      connect(stack, { role }, 'A');
      expect(() => connect(stack, { role }, 'B')).toThrow(both('Stack/A', 'Stack/B'));
      expect(() => connect(stack, { roleArn: role.roleArn }, 'C')).toThrow(both('Stack/A', 'Stack/C'));
      expect(() => connect(new Stack(app, 'Other'), { role }, 'D')).toThrow(both('Stack/A', 'Other/D'));
    }
  });

  test('by reference and by ARN', () => {
    const app = new App();
    const connected = new Stack(app, 'Connected', { env: { account: CONNECTED_ACCOUNT, region: 'us-east-1' } });
    connect(connected, { role: newRole(connected, { roleName: 'QualysConnector' }) });
    expect(() => connect(newStack('us-east-1', app))).toThrow(both('Connected/Connector', 'Stack/Connector'));
  });

  test('roles of the same logical ID in two stacks are two', () => {
    const app = new App();
    for (const id of ['A', 'B']) {
      const stack = new Stack(app, id);
      connect(stack, { role: newRole(stack) });
    }
  });

  test('other platforms and stages have their own', () => {
    const app = new App();
    connect(newStack('us-east-1', app, 'One'));
    const two = newStack('us-east-1', app, 'Two');
    connect(two, { service: newService(two, QualysPlatform.EU_1) });
    connect(new Stack(new Stage(app, 'Test'), 'Stack'));
    connect(new Stack(new Stage(app, 'Production'), 'Stack'));
  });

  test('one that was refused for another reason takes no room', () => {
    const stack = newStack();
    expect(() => connect(stack, { regions: [] }, 'Bad')).toThrow('regions');
    connect(stack);
  });
});
