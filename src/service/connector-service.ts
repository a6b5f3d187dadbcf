import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { QualysCredentials } from './qualys-credentials';
import { QualysPlatform } from './qualys-platform';
import { FunctionNetwork } from '../private/handler-function';
import { A_PLATFORM, checkRequired, CREDENTIALS } from '../private/required';
import { readSecret, secretId } from '../private/secrets';
import { ServiceProperties } from '../wire/common';

/** Properties of a {@link ConnectorService}. */
export interface ConnectorServiceProps {
  /** The platform that your subscription lives on. */
  readonly platform: QualysPlatform;

  /** How to sign in there: a user or client that may manage connectors. */
  readonly credentials: QualysCredentials;

  /**
   * VPC to call the service from, e.g. where your subscription allows only known addresses.
   *
   * The function's subnets must reach the platform's hosts, Secrets Manager, Parameter Store, STS, SNS if a topic is told,
   * and the S3 buckets that take CloudFormation's answers; otherwise a deployment waits until it times out.
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

/**
 * The connector service of one Qualys subscription: where it is, how to sign in, and from where to call it.
 *
 * Make it once and hand it to every construct that talks to the service. It makes no resources. Throws when
 * `vpcSubnets` or `securityGroups` come without `vpc`.
 *
 * @example
 * const service = new ConnectorService({
 *   platform: QualysPlatform.US_2,
 *   credentials: QualysCredentials.basic(
 *     secretsmanager.Secret.fromSecretNameV2(this, 'ApiUser', 'qualys/api-user'),
 *   ),
 * });
 */
export class ConnectorService {
  /** The platform of the subscription. */
  public readonly platform: QualysPlatform;

  /** How to sign in. */
  public readonly credentials: QualysCredentials;

  /** @internal */
  public readonly _network: FunctionNetwork;

  public constructor(props: ConnectorServiceProps) {
    checkRequired(props, { platform: A_PLATFORM, credentials: CREDENTIALS });
    const { platform, credentials, vpc, vpcSubnets, securityGroups } = props;
    if (!vpc && (vpcSubnets || securityGroups)) {
      throw new Error(`${vpcSubnets ? 'vpcSubnets' : 'securityGroups'} was given without vpc: give the VPC that it belongs to, `
        + 'or leave it out');
    }
    this.platform = platform;
    this.credentials = credentials;
    this._network = { vpc, vpcSubnets, securityGroups };
  }

  /** @internal */
  public _properties(): ServiceProperties {
    return {
      ApiServer: this.platform.apiServer,
      Gateway: this.platform.gateway,
      PlatformUrl: this.platform.platformUrl,
      Authentication: this.credentials._authentication,
      CredentialsSecretArn: secretId(this.credentials._secret),
    };
  }

  /** @internal */
  public _grantStatements(): PolicyStatement[] {
    return readSecret(this.credentials._secret);
  }
}
