import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/**
 * The network that a function of the library calls from.
 *
 * The subnets have to reach Secrets Manager, Systems Manager (Parameter Store), STS, CloudFormation and the S3 buckets that take the
 * function's answers, through a NAT gateway or VPC endpoints. Some functions call more; their docstrings say so. If a function cannot reach
 * one of them, the deployment waits until it times out.
 */
export interface FunctionNetworkOptions {
  /**
   * VPC of the function. An aspect or a property injector that puts functions into a VPC works too: the function gets the rights for it
   * either way.
   *
   * @default - no VPC: the function calls from public addresses of AWS
   */
  readonly vpc?: IVpc;

  /**
   * Subnets of the VPC. Do not use public subnets: a function has no internet access there.
   *
   * @default - all private subnets
   */
  readonly vpcSubnets?: SubnetSelection;

  /**
   * Security groups of the function. They need outbound TCP 443, and no inbound rule.
   *
   * @default - a new one with all outbound traffic
   */
  readonly securityGroups?: ISecurityGroup[];
}

/** How long CloudWatch keeps the log of a function. */
export interface FunctionLogOptions {
  /**
   * How long CloudWatch keeps the log of the function. The log has named steps and no secret.
   *
   * @default RetentionDays.ONE_YEAR
   */
  readonly logRetention?: RetentionDays;
}
