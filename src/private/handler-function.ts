import { AspectPriority, Aspects, Aws, Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnFunction, Function as LambdaFunction, FunctionOptions } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct, IConstruct } from 'constructs';
import { acknowledge } from './acknowledgements';
import { overridesOf } from './final-name';
import { EXECUTION, FUNCTION, FUNCTION_OUTSIDE_VPC, LOG_GROUP } from './known-findings';
import { FUNCTION_ROLE_PATH, STACK_VARIABLE } from '../wire/common';
import { hashed } from '../wire/pins';

/** Enough for a change in IAM to take effect everywhere, and for a service that asks to wait. */
const USUAL_TIMEOUT = Duration.minutes(5);

/** CloudFormation invokes a function asynchronously. If it fails, Lambda tries three times in all. */
const ATTEMPTS = 3;
/** Lambda waits up to 2 minutes between two attempts. The rest is for the queue. */
const BETWEEN_ATTEMPTS = Duration.seconds(200);

/** The network that a function calls from. */
export interface FunctionNetwork {
  readonly vpc?: IVpc;
  readonly vpcSubnets?: SubnetSelection;
  readonly securityGroups?: ISecurityGroup[];
}

/** Throws for subnets or security groups without the VPC that they belong to. */
export function checkNetwork({ vpc, vpcSubnets, securityGroups }: FunctionNetwork): void {
  if (vpc || !(vpcSubnets || securityGroups)) return;
  throw new Error(`${vpcSubnets ? 'vpcSubnets' : 'securityGroups'} was given without vpc: give the VPC that it belongs to, or leave it out`);
}

export interface HandlerFunctionProps {
  /** The generated class that brings the code. */
  readonly code: new (scope: Construct, id: string, options: FunctionOptions) => LambdaFunction;
  /** What the function does, as a phrase, for example `Makes keys`. */
  readonly purpose: string;
  readonly network?: FunctionNetwork;
  /**
   * How long the log is kept.
   *
   * @default - a year
   */
  readonly logRetention?: RetentionDays;
  /**
   * The longest time for one request. Lambda allows 15 minutes.
   *
   * @default - 5 minutes
   */
  readonly timeout?: Duration;
}

/** A function of the library with its role, its log group and the rights that it needs to run. Each resource adds the rights for its own objects. */
export class HandlerFunction extends Construct {
  public readonly role: Role;
  public readonly function: LambdaFunction;
  public readonly functionArn: string;
  public readonly logGroup: CfnLogGroup;
  /** The time for which CloudFormation waits for an answer, until Lambda's last attempt has ended. CloudFormation allows an hour. */
  public readonly serviceTimeout: Duration;

  public constructor(scope: Construct, id: string, props: HandlerFunctionProps) {
    super(scope, id);
    checkNetwork(props.network ?? {});
    const { purpose, network = {}, timeout = USUAL_TIMEOUT, logRetention = RetentionDays.ONE_YEAR } = props;

    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      path: FUNCTION_ROLE_PATH,
      description: `${purpose}; the role of a function of cdk-qualys-connectors.`,
    });
    const logGroup = new LogGroup(this, 'LogGroup', { retention: logRetention, removalPolicy: RemovalPolicy.DESTROY });
    this.logGroup = logGroup.node.defaultChild as CfnLogGroup;
    const execution = new ManagedPolicy(this, 'Execution', {
      description: `Lets a function of cdk-qualys-connectors write its log${network.vpc ? ' and stand in a VPC' : ''}.`,
      roles: [this.role],
      statements: [
        // The ARN of a log group ends in `:*`, its streams.
        new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
        ...network.vpc ? networkStatements() : [],
      ],
    });

    this.function = new props.code(this, 'Resource', {
      description: `${purpose} (cdk-qualys-connectors).`,
      role: this.role,
      logGroup,
      memorySize: 256,
      // The function takes only events of its own stack, whoever invokes it.
      environment: { [STACK_VARIABLE]: Aws.STACK_ID },
      timeout,
      // A property that is given as undefined would override the default of a property injector.
      ...Object.fromEntries(Object.entries(network).filter(([, value]) => value !== undefined)),
    });
    // Lambda checks the rights for the VPC when it makes the function, and needs them to delete the network interfaces afterwards.
    this.function.node.addDependency(execution);
    this.functionArn = this.function.functionArn;
    this.serviceTimeout = Duration.seconds(ATTEMPTS * (timeout.toSeconds() + BETWEEN_ATTEMPTS.toSeconds()));

    acknowledge(this.function, { ...FUNCTION, ...network.vpc ? {} : FUNCTION_OUTSIDE_VPC });
    acknowledge(logGroup, LOG_GROUP);
    if (network.vpc) acknowledge(execution, EXECUTION);
    else this.letIntoVpcOfOthers(execution);
  }

  /** Adds the rights for a VPC if an aspect or a property injector of the user puts the function into one. */
  private letIntoVpcOfOthers(execution: ManagedPolicy): void {
    let isIn = false;
    const visit = (node: IConstruct) => {
      if (isIn || node !== this.function.node.defaultChild || ((node as CfnFunction).vpcConfig ?? overridesOf(node).VpcConfig) === undefined) return;
      isIn = true;
      execution.addStatements(...networkStatements());
      acknowledge(execution, EXECUTION);
    };
    Aspects.of(this).add({ visit }, { priority: AspectPriority.READONLY });
  }
}

/**
 * The rights of a function in a VPC, from Lambda's developer guide. EC2 allows the read actions on all resources only. The others are limited to
 * account and region.
 */
function networkStatements(): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'], resources: ['*'] }),
    new PolicyStatement({
      actions: ['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'],
      resources: [`arn:${Aws.PARTITION}:ec2:${Aws.REGION}:${Aws.ACCOUNT_ID}:*/*`],
    }),
  ];
}

/** The longest value in characters of JSON. An environment has room for 4 KB in all. */
const LONGEST = 2_000;

/** The value for the environment of a function: the value itself, or its hash if it is long and known at synth. */
export function pinned<T extends object>(stack: Stack, value: T, longest = LONGEST): T | string {
  const isLong = JSON.stringify(stack.resolve(value)).length > longest;
  return isLong && isKnown(value) ? hashed(value) : value;
}

function isKnown(value: unknown): boolean {
  if (typeof value === 'object' && value !== null && !Token.isUnresolved(value)) return Object.values(value).every(isKnown);
  return !Token.isUnresolved(value);
}
