import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/**
 * Where a function of the library calls from.
 *
 * The subnets have to reach AWS Secrets Manager, Systems Manager (Parameter Store), STS, CloudFormation and the S3 buckets that take its
 * answers, each by a NAT gateway or an endpoint of the VPC; what else a function calls stands with the property. Without a way to
 * them a deployment waits until it times out.
 */
export interface FunctionNetworkOptions {
  /**
   * VPC that the function stands in. An aspect or a property injector that puts functions into a VPC works too: the function gets the
   * rights for it either way.
   *
   * @default - no VPC: the function calls from addresses of AWS
   */
  readonly vpc?: IVpc;

  /**
   * Subnets of the VPC. Not public ones: a function has no internet access there.
   *
   * @default - all private subnets
   */
  readonly vpcSubnets?: SubnetSelection;

  /**
   * Security groups of the function. They need no inbound rule, and outbound TCP 443.
   *
   * @default - a new one with all outbound traffic
   */
  readonly securityGroups?: ISecurityGroup[];
}

/** How long the log of a function is kept. */
export interface FunctionLogOptions {
  /**
   * How long the log of the function is kept. It holds named steps and no secret.
   *
   * @default RetentionDays.ONE_YEAR
   */
  readonly logRetention?: RetentionDays;
}
