import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { ServiceProperties } from '../wire/common';

/**
 * How the library's functions sign in at the connector service.
 *
 * The credentials stay in Secrets Manager. The functions read them when they run, and this class takes no values.
 *
 * Make a separate API-only user for the library, without SAML and two-factor authentication. It has to have accepted the vendor's terms.
 * The Connectors API requires a Manager with full scope (vendor page "Create AWS Connector" of the Connectors API 3.0).
 *
 * @example
 * const credentials = QualysCredentials.basic(
 *   secretsmanager.Secret.fromSecretNameV2(this, 'ApiUser', 'qualys/api-user'),
 * );
 */
export class QualysCredentials {
  /**
   * Signs in with user name and password.
   *
   * @param secret JSON with the fields `username` and `password`.
   */
  public static basic(secret: ISecret): QualysCredentials {
    return new QualysCredentials('BASIC', secret);
  }

  /**
   * Signs in with an OIDC client, which Qualys announced with Connector 2.15.
   *
   * The vendor documents that `/qps/rest/3.0` takes such tokens for another module (Web Application Scanning), and for clients of user level only. It is
   * inferred that connectors and base accounts take them too.
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
