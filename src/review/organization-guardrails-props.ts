import { AccountType } from '../service/account-type';

/** What the resource control policy lets in beside the organization. */
export interface OnlyFromOrganizationOptions {
  /**
   * IDs of AWS accounts outside the organization that may go on assuming roles: the Qualys account while roles still trust it, or another
   * vendor's. Strings of 12 digits, without tokens.
   *
   * @default - no account outside the organization
   */
  readonly exemptAccountIds?: string[];
}

/** Whom and what the service control policy of a base account protects. All values are plain texts, without tokens. */
export interface ProtectBaseAccountProps {
  /** ID of the base account, a string of 12 digits. */
  readonly accountId: string;

  /** Name of the user as it is deployed, up to 64 letters, digits and `_ + = , . @ -`: with the prefix that an aspect may give it. */
  readonly userName: string;

  /**
   * IAM path of the user, beginning and ending with `/`.
   *
   * @default '/'
   */
  readonly userPath?: string;

  /**
   * Name of the secret that keeps the key, the `secretName` of the {@link BaseAccountUser}. Without it the ARN of the secret is not known,
   * and an administrator of the account may read the key.
   *
   * @default - the secret is not protected
   */
  readonly secretName?: string;

  /**
   * Names of the library's functions in the account, with `*` and `?` as wildcards, e.g. `CentralSecurity-BaseAccount*`. Functions have no
   * path, so that a policy knows them by their names alone. Without them whoever may change the code of a function can make keys.
   *
   * @default - the functions are not protected
   */
  readonly functionNames?: string[];

  /**
   * Whose account it is; fixes the partition.
   *
   * @default AccountType.GLOBAL
   */
  readonly accountType?: AccountType;

  /**
   * ARNs of the roles that CloudFormation deploys with, with `*` and `?` as wildcards. Whoever may deploy with such a role, make one or
   * change one is a deployer: the policies do not stand in his way.
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
   * ARNs of the roles and users who may read the key, with `*` and `?` as wildcards: whoever enters it at the Qualys console, where the
   * service offers no API for it. Goes with `secretName`.
   *
   * @default - nobody but the library's functions
   */
  readonly secretReaderArns?: string[];
}
