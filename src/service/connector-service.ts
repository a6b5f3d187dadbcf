import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { FunctionNetworkOptions } from './function-options';
import { QualysCredentials } from './qualys-credentials';
import { QualysPlatform } from './qualys-platform';
import { checkNetwork, FunctionNetwork } from '../private/handler-function';
import { A_PLATFORM, checkRequired, CREDENTIALS } from '../private/required';
import { readSecret, secretId } from '../private/secrets';
import { ServiceProperties } from '../wire/common';

/**
 * Properties of a {@link ConnectorService}. The network is that of all functions that call the service. Give one, for example, if your
 * subscription allows only known addresses. The functions have to reach:
 *
 * - the hosts of the platform;
 * - IAM, for the function that rotates a key, and SNS if it publishes to a topic;
 * - DynamoDB, for the function of a fleet;
 * - Organizations in `us-east-1`, for a fleet or a `verifyAccessTo` whose accounts are those of organizational units.
 */
export interface ConnectorServiceProps extends FunctionNetworkOptions {
  /** The platform of your subscription. */
  readonly platform: QualysPlatform;

  /** The user or client that the library signs in with. It needs the right to manage connectors. */
  readonly credentials: QualysCredentials;
}

/**
 * The connector service of one Qualys subscription: where it is, how to sign in, and from where to call it.
 *
 * Make it once and give it to every construct that calls the service, in one stack or in several. It makes no resources.
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

  /** The credentials that the library signs in with. */
  public readonly credentials: QualysCredentials;

  /** @internal */
  public readonly _network: FunctionNetwork;

  /**
   * Describes the service. Throws when `vpcSubnets` or `securityGroups` come without `vpc`.
   *
   * @param props where it is, how to sign in, and from where to call it
   */
  public constructor(props: ConnectorServiceProps) {
    checkRequired(props, { platform: A_PLATFORM, credentials: CREDENTIALS });
    const { platform, credentials, vpc, vpcSubnets, securityGroups } = props;
    checkNetwork({ vpc, vpcSubnets, securityGroups });
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
