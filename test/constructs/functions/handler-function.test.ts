import { Vpc, SecurityGroup, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { AccessKeyFunction } from '../../../src/base-account/private/access-key-function';
import { FunctionNetwork, HandlerFunction } from '../../../src/private/handler-function';
import { everything } from '../../support/apps/everything';
import { newStack, Synth } from '../../support/synth/synth';
import { rights } from '../../support/synth/world';

function synth(network?: (stack: ReturnType<typeof newStack>) => FunctionNetwork): Synth {
  const stack = newStack();
  new HandlerFunction(stack, 'Function', { code: AccessKeyFunction, purpose: 'Makes keys', network: network?.(stack) });
  return new Synth(stack);
}

test('CloudFormation waits longer than Lambda tries, and no longer than CloudFormation can, in every resource (fault 27)', () => {
  const result = new Synth(everything(newStack()));
  const served = result.names().filter((name) => result.resource(name).Type.startsWith('Custom::'));
  expect(served.length).toBeGreaterThanOrEqual(5);
  for (const name of served) {
    const { ServiceToken, ServiceTimeout } = result.properties(name);
    const { Timeout } = result.properties(/^\$\{(\w+)\.Arn\}$/.exec(ServiceToken)![1]!);
    const attempts = 3;
    const backoff = 2 * 60;
    expect([name, Number(ServiceTimeout) > attempts * (Timeout + backoff), Number(ServiceTimeout) <= 3600]).toEqual([name, true, true]);
  }
});

test('the function has memory, time, a log group, a description in words, no concurrency of its own, and of its stack it knows the ID (faults 70 and 73)', () => {
  const { Code, Role, ...properties } = synth().properties('Function');
  expect(Code).toBeDefined();
  expect(Role).toBe('${FunctionRole.Arn}');
  expect(properties).toEqual({
    Description: 'Makes keys (cdk-qualys-connectors).',
    Environment: { Variables: { STACK: '${AWS::StackId}' } },
    Handler: 'index.handler',
    LoggingConfig: { LogGroup: '${FunctionLogGroup}' },
    MemorySize: 256,
    Runtime: 'nodejs24.x',
    Timeout: 300,
  });
});

test('its role has the path that an organization can name, and no policy of its own', () => {
  const { AssumeRolePolicyDocument, ...properties } = synth().properties('FunctionRole');
  expect(AssumeRolePolicyDocument.Statement).toEqual([{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } }]);
  expect(properties).toEqual({ Description: 'Makes keys; the role of a function of cdk-qualys-connectors.', Path: '/cdk-qualys-connectors/' });
});

test('it may write its own log, and nothing else', () => {
  const { Description, ...properties } = synth().properties('FunctionExecution');
  expect(Description).toBe('Lets a function of cdk-qualys-connectors write its log.');
  expect(properties).toEqual({
    Path: '/',
    PolicyDocument: {
      Statement: [{ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Effect: 'Allow', Resource: '${FunctionLogGroup.Arn}' }],
      Version: '2012-10-17',
    },
    Roles: ['${FunctionRole}'],
  });
});

test('its log is kept for a year and goes with the stack', () => {
  const group = synth().resource('FunctionLogGroup');
  expect(group.Properties).toEqual({ RetentionInDays: 365 });
  expect([group.DeletionPolicy, group.UpdateReplacePolicy]).toEqual(['Delete', 'Delete']);
});

test('role, rights and log group are there as long as the function is', () => {
  expect(synth().needs('Function')).toEqual(['FunctionExecution', 'FunctionLogGroup', 'FunctionRole']);
});

test('makes nothing else', () => {
  expect(synth().names()).toEqual(['Function', 'FunctionExecution', 'FunctionLogGroup', 'FunctionRole']);
});

describe('in a VPC', () => {
  const vpcOf = (stack: ReturnType<typeof newStack>) => Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0a1b2c3d', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-0a1b2c3d', 'subnet-1a1b2c3d'], isolatedSubnetIds: ['subnet-2a1b2c3d', 'subnet-3a1b2c3d'],
  });

  test('it stands in the private subnets with a security group of its own', () => {
    const result = synth((stack) => ({ vpc: vpcOf(stack) }));
    expect(result.properties('Function').VpcConfig).toEqual({ SecurityGroupIds: ['${FunctionSecurityGroup.GroupId}'], SubnetIds: ['subnet-0a1b2c3d', 'subnet-1a1b2c3d'] });
    expect(result.needs('Function')).toEqual(['FunctionExecution', 'FunctionLogGroup', 'FunctionRole', 'FunctionSecurityGroup']);
  });

  test('it stands in the given subnets and security groups', () => {
    const result = synth((stack) => ({
      vpc: vpcOf(stack),
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
      securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-0a1b2c3d')],
    }));
    expect(result.properties('Function').VpcConfig).toEqual({ SecurityGroupIds: ['sg-0a1b2c3d'], SubnetIds: ['subnet-2a1b2c3d', 'subnet-3a1b2c3d'] });
  });

  test('it may handle network interfaces of its account and region, by statements instead of the managed policy', () => {
    const result = synth((stack) => ({ vpc: vpcOf(stack) }));
    expect(rights(result.statements('FunctionExecution'))).toEqual(rights([
      { Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Effect: 'Allow', Resource: '${FunctionLogGroup.Arn}' },
      { Action: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'], Effect: 'Allow', Resource: '*' },
      {
        Action: ['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'],
        Effect: 'Allow',
        Resource: 'arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:*/*',
      },
    ]));
    expect(result.properties('FunctionRole').ManagedPolicyArns).toBeUndefined();
  });
});
