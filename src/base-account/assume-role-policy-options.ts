import { ExternalId } from '../service/external-id';

/** Conditions on the use of the key. A caller has to meet all of them. */
export interface AssumeRolePolicyOptions {
  /**
   * The external ID that a caller has to send. It has to be the one in the trust policies of the connector roles.
   *
   * `ExternalId.perAccount` leaves the twelve digits of the account open. `ExternalId.perAccountHash` is refused, because it is different
   * in each account.
   *
   * @default - any external ID; the roles still check it
   */
  readonly externalId?: ExternalId;

  /**
   * Addresses that may use the key (`aws:SourceIp`), as IPv4 or IPv6 addresses or CIDR blocks. They limit what a leaked key is good for.
   * The service calls from the addresses on the vendor's page of the platforms (https://www.qualys.com/platform-identification/). When the
   * vendor changes them, connectors stop.
   *
   * @default - any address
   */
  readonly sourceIps?: string[];

  /**
   * Whether the policy allows the key itself only, and no session made with it (`aws:TokenIssueTime` must be absent). A session of
   * `GetSessionToken` outlives the key. Nobody outside Qualys knows whether the service makes such sessions, so this is off by default. If
   * connectors fail with it, leave it out.
   *
   * @default false
   */
  readonly longTermCredentialsOnly?: boolean;
}
