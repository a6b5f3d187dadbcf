import { Fn, Token } from 'aws-cdk-lib';
import { serviceUrl } from './private/service-url';
import { hostInName } from '../wire/hosts';

/** URLs of a private platform. */
export interface CustomPlatformProps {
  /** URL of the API server, e.g. `https://qualysapi.example.com`. `https` only, without path. */
  readonly apiServer: string;

  /**
   * URL of the API gateway, e.g. `https://qualysgateway.example.com`. `https` only, without path.
   *
   * @default - none: the library uses the API server alone
   */
  readonly gateway?: string;

  /**
   * URL of the console, e.g. `https://qualysguard.example.com`. `https` only, without path.
   *
   * @default - none: the library does not use the older API on the console's host
   */
  readonly platformUrl?: string;
}

/**
 * The platform of a Qualys subscription.
 *
 * https://www.qualys.com/platform-identification/ says which one is yours. All URLs are `https` and have no trailing slash.
 *
 * @example
 * const privateCloud = QualysPlatform.custom({
 *   apiServer: 'https://qualysapi.example.com',
 *   gateway: 'https://qualysgateway.example.com',
 *   platformUrl: 'https://qualysguard.example.com',
 * });
 */
export class QualysPlatform {
  /** US Platform 1, `qualysapi.qualys.com`. */
  public static readonly US_1 = QualysPlatform.shared('qualys.com', 'qg1.apps.qualys.com');

  /** US Platform 2, `qualysapi.qg2.apps.qualys.com`. */
  public static readonly US_2 = QualysPlatform.shared('qg2.apps.qualys.com');

  /** US Platform 3, `qualysapi.qg3.apps.qualys.com`. */
  public static readonly US_3 = QualysPlatform.shared('qg3.apps.qualys.com');

  /** US Platform 4, `qualysapi.qg4.apps.qualys.com`. */
  public static readonly US_4 = QualysPlatform.shared('qg4.apps.qualys.com');

  /** US government platform, `qualysapi.gov1.qualys.us` (Qualys' page "Platform Identification"). */
  public static readonly GOV_1 = QualysPlatform.shared('gov1.qualys.us');

  /** EU Platform 1, `qualysapi.qualys.eu`. */
  public static readonly EU_1 = QualysPlatform.shared('qualys.eu', 'qg1.apps.qualys.eu');

  /** EU Platform 2, `qualysapi.qg2.apps.qualys.eu`. */
  public static readonly EU_2 = QualysPlatform.shared('qg2.apps.qualys.eu');

  /** EU Platform 3, `qualysapi.qg3.apps.qualys.it`. */
  public static readonly EU_3 = QualysPlatform.shared('qg3.apps.qualys.it');

  /** India Platform 1, `qualysapi.qg1.apps.qualys.in`. */
  public static readonly IN_1 = QualysPlatform.shared('qg1.apps.qualys.in');

  /** Canada Platform 1, `qualysapi.qg1.apps.qualys.ca`. */
  public static readonly CA_1 = QualysPlatform.shared('qg1.apps.qualys.ca');

  /** UAE Platform 1, `qualysapi.qg1.apps.qualys.ae`. */
  public static readonly AE_1 = QualysPlatform.shared('qg1.apps.qualys.ae');

  /** UK Platform 1, `qualysapi.qg1.apps.qualys.co.uk`. */
  public static readonly UK_1 = QualysPlatform.shared('qg1.apps.qualys.co.uk');

  /** Australia Platform 1, `qualysapi.qg1.apps.qualys.com.au`. */
  public static readonly AU_1 = QualysPlatform.shared('qg1.apps.qualys.com.au');

  /** Saudi Arabia Platform 1, `qualysapi.qg1.apps.qualysksa.com` (Qualys' page "Platform Identification"). */
  public static readonly KSA_1 = QualysPlatform.shared('qg1.apps.qualysksa.com');

  /**
   * A private platform, by its URLs.
   *
   * Throws when a URL is not `https`, holds credentials, a path, a query or a fragment, or names its host by an IP
   * address, a bare name or a cloud's metadata service; `https://localhost:<port>` is allowed for tests. Tokens pass.
   *
   * @param props the URLs; only `apiServer` is required
   */
  public static custom(props: CustomPlatformProps): QualysPlatform {
    return new QualysPlatform(
      serviceUrl('apiServer', props.apiServer),
      props.gateway === undefined ? undefined : serviceUrl('gateway', props.gateway),
      props.platformUrl === undefined ? undefined : serviceUrl('platformUrl', props.platformUrl),
    );
  }

  /** The vendor names the hosts of all its shared platforms by one pattern. On the two oldest the gateway has another domain. */
  private static shared(domain: string, gatewayDomain: string = domain): QualysPlatform {
    return new QualysPlatform(`https://qualysapi.${domain}`, `https://gateway.${gatewayDomain}`, `https://qualysguard.${domain}`);
  }

  /** URL of the API server, without trailing slash. */
  public readonly apiServer: string;

  /** URL of the API gateway, without trailing slash. */
  public readonly gateway?: string;

  /** URL of the console, without trailing slash. */
  public readonly platformUrl?: string;

  private constructor(apiServer: string, gateway?: string, platformUrl?: string) {
    this.apiServer = apiServer;
    this.gateway = gateway;
    this.platformUrl = platformUrl;
  }

  /**
   * Host of the API server for the name of an SSM parameter, which must not contain a colon: `localhost_8443`.
   *
   * @internal
   */
  public _host(): string {
    return Token.isUnresolved(this.apiServer)
      ? Fn.join('_', Fn.split(':', Fn.select(2, Fn.split('/', this.apiServer))))
      : hostInName(new URL(this.apiServer).host);
  }
}
