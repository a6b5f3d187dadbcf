import { App, Aspects, IAspect, IPropertyInjector, PropertyInjectors, Stack } from 'aws-cdk-lib';
import { ISecurityGroup, IVpc, SecurityGroup, SubnetSelection, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnFunction, Function as LambdaFunction, FunctionProps } from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccountRegistration } from '../../../src/base-account/base-account-registration';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { QualysAccountLookup } from '../../../src/connector/qualys-account-lookup';
import { ConnectorRoleTrust } from '../../../src/role/connector-role-trust';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ConnectorService } from '../../../src/service/connector-service';
import { ExternalId } from '../../../src/service/external-id';
import { connect } from '../../support/apps/connectors';
import { newService, newStack, Synth } from '../../support/synth/synth';
import { rights } from '../../support/synth/world';

/* An organization in which every function has to stand in a VPC: each of the library's does, with the rights for it, in whichever way it is said. */
interface Network {
  readonly vpc?: IVpc;
  readonly vpcSubnets?: SubnetSelection;
  readonly securityGroups?: ISecurityGroup[];
}

const FUNCTIONS = ['EntryFunction', 'QualysConnectorFunction', 'TrustFunction', 'UserFunction'];
const SUBNETS = ['subnet-2a1b2c3d', 'subnet-3a1b2c3d'];
const GROUP = 'sg-0a1b2c3d';

const vpcOf = (stack: Stack) => Vpc.fromVpcAttributes(stack, 'Vpc', {
  vpcId: 'vpc-0a1b2c3d', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-0a1b2c3d', 'subnet-1a1b2c3d'], isolatedSubnetIds: SUBNETS,
});

const networkOf = (stack: Stack): Network => ({
  vpc: vpcOf(stack), vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED }, securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Group', GROUP, { mutable: false })],
});

/** Each construct that has a function. */
function withEachFunction(stack: Stack, network: Network = {}): Stack {
  const { platform, credentials } = newService(stack);
  const service = new ConnectorService({ platform, credentials, ...network });
  const user = new BaseAccountUser(stack, 'User', { roles: AssumableRoles.named('QualysConnector'), ...network });
  new BaseAccountRegistration(stack, 'Entry', { service, user, title: 'Central Security' });
  connect(stack, { service });
  new QualysAccountLookup(stack, 'Lookup', { service });
  new ConnectorRoleTrust(stack, 'Trust', { roleName: 'Elsewhere', trust: TrustPrincipal.baseAccount('111122223333'), externalId: ExternalId.of('83172650944188230571'), ...network });
  return stack;
}

const functionsOf = (result: Synth) => result.names().filter((name) => result.resource(name).Type === 'AWS::Lambda::Function');
const networks = (result: Synth) => functionsOf(result).map((name) => [name, result.properties(name).VpcConfig]);
const inNetwork = FUNCTIONS.map((name) => [name, { SecurityGroupIds: [GROUP], SubnetIds: SUBNETS }]);
const networkRights = (result: Synth, name: string) => rights(result.statements(`${name}Execution`)).filter((right) => right.includes(' ec2:'));

const ACTIONS = ['AssignPrivateIpAddresses', 'CreateNetworkInterface', 'DeleteNetworkInterface', 'UnassignPrivateIpAddresses'];
const RIGHTS = [
  ...ACTIONS.map((action) => `Allow ec2:${action} arn:\${AWS::Partition}:ec2:\${AWS::Region}:\${AWS::AccountId}:*/*`),
  'Allow ec2:DescribeNetworkInterfaces *', 'Allow ec2:DescribeSubnets *',
].sort();

test('said nowhere, none stands in a VPC or has a right for one', () => {
  const result = new Synth(withEachFunction(newStack()));
  expect(networks(result)).toEqual(FUNCTIONS.map((name) => [name, undefined]));
  expect(FUNCTIONS.flatMap((name) => networkRights(result, name))).toEqual([]);
});

test('by the props of the library: the service, the user and the trust take them', () => {
  const stack = newStack();
  const result = new Synth(withEachFunction(stack, networkOf(stack)));
  expect(networks(result)).toEqual(inNetwork);
  for (const name of FUNCTIONS) expect([name, networkRights(result, name)]).toEqual([name, RIGHTS]);
});

test('by an aspect of the organization', () => {
  const stack = withEachFunction(newStack());
  const aspect: IAspect = {
    visit: (node: IConstruct) => { if (node instanceof CfnFunction) node.vpcConfig = { subnetIds: SUBNETS, securityGroupIds: [GROUP] }; },
  };
  Aspects.of(stack).add(aspect);
  const result = new Synth(stack);
  expect(networks(result)).toEqual(inNetwork);
  for (const name of FUNCTIONS) expect([name, networkRights(result, name)]).toEqual([name, RIGHTS]);
});

test('by an aspect that overrides the property', () => {
  const stack = withEachFunction(newStack());
  Aspects.of(stack).add({
    visit: (node: IConstruct) => { if (node instanceof CfnFunction) node.addPropertyOverride('VpcConfig', { SubnetIds: SUBNETS, SecurityGroupIds: [GROUP] }); },
  });
  const result = new Synth(stack);
  expect(networks(result)).toEqual(inNetwork);
  for (const name of FUNCTIONS) expect([name, networkRights(result, name)]).toEqual([name, RIGHTS]);
});

test('by a property injector of the organization, whose defaults stand before what is given', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const network = networkOf(stack);
  const injector: IPropertyInjector = {
    constructUniqueId: LambdaFunction.PROPERTY_INJECTION_ID,
    inject: (given: FunctionProps) => ({ ...network, ...given }),
  };
  PropertyInjectors.of(stack).add(injector);
  const result = new Synth(withEachFunction(stack));
  expect(networks(result)).toEqual(inNetwork);
  for (const name of FUNCTIONS) expect([name, networkRights(result, name)]).toEqual([name, RIGHTS]);
});

test.each(['vpcSubnets', 'securityGroups'])('%s without a VPC is refused wherever a function is', (name) => {
  const stack = newStack();
  const { [name as keyof Network]: given } = networkOf(stack);
  const message = new RegExp(`^${name} was given without vpc: give the VPC that it belongs to, or leave it out$`);
  expect(() => new BaseAccountUser(stack, 'User', { roles: AssumableRoles.named('QualysConnector'), [name]: given })).toThrow(message);
  expect(() => new ConnectorRoleTrust(stack, 'Trust', {
    roleName: 'Elsewhere', trust: TrustPrincipal.baseAccount('111122223333'), externalId: ExternalId.of('83172650944188230571'), [name]: given,
  })).toThrow(message);
  expect(() => new ConnectorService({ ...newService(stack), [name]: given })).toThrow(message);
});
