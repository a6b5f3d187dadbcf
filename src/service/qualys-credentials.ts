import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { ServiceProperties } from '../wire/common';

/**
 * How the library's functions sign in at the connector service.
 *
 * The credentials stay in Secrets Manager: the functions read them when they run, and there is no way to hand a value
 * to this class. Use an API-only user of its own, without SAML and two-factor authentication, that has accepted the
 * vendor's terms; the Connectors API asks for a Manager with full scope (vendor page "Create AWS Connector" of the
 * Connectors API 3.0).
 *
 * @example
 * const credentials = QualysCredentials.basic(
 *   secretsmanager.Secret.fromSecretNameV2(this, 'ApiUser', 'qualys/api-user'),
 * );
 */
export class QualysCredentials {
  /**
   * User name and password.
   *
   * @param secret JSON with the fields `username` and `password`.
   */
  public static basic(secret: ISecret): QualysCredentials {
    return new QualysCredentials('BASIC', secret);
  }

  /**
   * An OIDC client, announced by Qualys with Connector 2.15. The vendor documents that its tokens are taken under `/qps/rest/3.0` for
   * another module (Web Application Scanning), and for clients of user level only. That connectors and base accounts take them is inferred.
   *
   * @param secret JSON with the fields `clientId` and `clientSecret`.
   */
  public static oidcClient(secret: ISecret): QualysCredentials {
    return new QualysCredentials('OIDC_CLIENT', secret);
  }

  /** @internal */
  public readonly _authentication: ServiceProperties['Authentication'];

  /** @internal */
  public readonly _secret: ISecret;

  private constructor(authentication: ServiceProperties['Authentication'], secret: ISecret) {
    this._authentication = authentication;
    this._secret = secret;
  }
}
