import { AccountType } from '../service/account-type';

/** Options of the statement for a resource control policy. */
export interface OnlyFromOrganizationOptions {
  /**
   * IDs of AWS accounts outside the organization that may still assume roles, strings of 12 digits without tokens. For example the Qualys account,
   * while roles still trust it, or the account of another vendor.
   *
   * @default - no account outside the organization
   */
  readonly exemptAccountIds?: string[];
}

/** The base account and its resources that a service control policy protects. All values are plain texts, without tokens. */
export interface ProtectBaseAccountProps {
  /** ID of the base account, a string of 12 digits. */
  readonly accountId: string;

  /**
   * Name of the user as it is deployed.
   *
   * Up to 64 letters, digits and `_ + = , . @ -`. If an aspect puts a prefix before the name, give the name with the prefix.
   */
  readonly userName: string;

  /**
   * IAM path of the user, beginning and ending with `/`.
   *
   * @default '/'
   */
  readonly userPath?: string;

  /**
   * Name of the secret that keeps the key, the `secretName` of the {@link BaseAccountUser}. Without the name its ARN is unknown, so the policy does not
   * protect the secret, and an administrator of the account may read the key.
   *
   * @default - the secret is not protected
   */
  readonly secretName?: string;

  /**
   * Names of the library's functions in the account, with `*` and `?` as wildcards, e.g. `CentralSecurity-BaseAccount*`.
   *
   * Functions have no path, so a policy can recognize them only by their names. Without the names, people who may change the code of a function can make
   * keys.
   *
   * @default - the functions are not protected
   */
  readonly functionNames?: string[];

  /**
   * The account type of the base account. It decides the partition of the ARNs.
   *
   * @default AccountType.GLOBAL
   */
  readonly accountType?: AccountType;

  /**
   * ARNs of the roles that CloudFormation deploys with, with `*` and `?` as wildcards.
   *
   * The policy does not stop people who may deploy with such a role, make one, or change one.
   *
   * @default - CDK's execution roles of the account, of the default qualifier `hnb659fds`
   */
  readonly deployerArns?: string[];

  /**
   * ARNs of the roles and users who may run the `ConfirmCommand` of a stack, with `*` and `?` as wildcards.
   *
   * @default - nobody but services and deployments invokes the functions
   */
  readonly operatorArns?: string[];

  /**
   * ARNs of the roles and users who may read the key, with `*` and `?` as wildcards.
   *
   * Name everybody who enters the key at the Qualys console, if the service has no API for it. Requires `secretName`.
   *
   * @default - nobody but the library's functions
   */
  readonly secretReaderArns?: string[];
}
