import { ExternalId } from '../service/external-id';

/** What narrows the use of the key further. All of it is asked for together. */
export interface AssumeRolePolicyOptions {
  /**
   * The external ID that a caller has to present, as the connector roles ask for it.
   *
   * With `ExternalId.perAccount` the twelve digits of the account are left open; `ExternalId.perAccountHash` is different in each account
   * and cannot be asked for here.
   *
   * @default - any; the roles check it all the same
   */
  readonly externalId?: ExternalId;

  /**
   * Addresses that the key may be used from (`aws:SourceIp`), as IPv4 or IPv6 addresses or CIDR blocks. A brake on a key that leaks. The
   * vendor's addresses stand on its page of the platforms (https://www.qualys.com/platform-identification/): the service calls from them,
   * and connectors stop when they change.
   *
   * @default - any address
   */
  readonly sourceIps?: string[];

  /**
   * Whether only the key itself may be used, and no session that was made of it (`aws:TokenIssueTime` must be absent): a session of
   * `GetSessionToken` outlives the key. Nobody outside Qualys knows whether the service makes such sessions, so that this is off by
   * default: if connectors fail with it, leave it out.
   *
   * @default false
   */
  readonly longTermCredentialsOnly?: boolean;
}
