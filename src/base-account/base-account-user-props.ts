import { RemovalPolicy } from 'aws-cdk-lib';
import { IManagedPolicy, IPrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { AssumableRoles } from './assumable-roles';
import { AssumeRolePolicyOptions } from './assume-role-policy-options';
import { FunctionLogOptions, FunctionNetworkOptions } from '../service/function-options';

/**
 * Properties of a {@link BaseAccountUser}. The network is that of the function that makes and removes the key. The function calls IAM,
 * Secrets Manager and, when the same app registers the user, Parameter Store.
 */
export interface BaseAccountUserProps extends AssumeRolePolicyOptions, FunctionNetworkOptions, FunctionLogOptions {
  /**
   * The roles that the user may assume. The construct makes an {@link AssumeRolePolicy} of them. With `AssumableRoles.fromPolicy` it uses
   * the given policy; if that is of this app, it gets the `removalPolicy` of this construct, because the group needs it.
   */
  readonly roles: AssumableRoles;

  /**
   * Name of the user. Set it when a role of another account names the user.
   *
   * 1 to 64 letters, digits and `_ + = , . @ -`.
   *
   * A change makes a new user with a new key, and the registration sends that key. With the default `removalPolicy` the old user and its
   * key stay: delete them once nobody uses the key any more. With `DESTROY` the same deployment deletes them. Where a person brings the
   * key, that would be too early, so the change fails and is rolled back: deploy the default `removalPolicy` first.
   *
   * To rename the user without an outage, first let the roles trust the account without `userName`. Then deploy the rename, then name the
   * new user in the roles.
   *
   * @default - CloudFormation chooses the name
   */
  readonly userName?: string;

  /**
   * IAM path of user and group, beginning and ending with `/`.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * Permissions boundary of the user. It must allow `sts:AssumeRole` on the connector roles.
   *
   * @default - no boundary
   */
  readonly permissionsBoundary?: IManagedPolicy;

  /**
   * KMS key for the secret, in the same account. Its key policy must let the account's IAM policies grant access, as those of CDK's keys
   * do.
   *
   * @default - the account's `aws/secretsmanager`
   */
  readonly encryptionKey?: IKey;

  /**
   * Name of the secret.
   *
   * 1 to 512 letters, digits and `/ _ + = . @ -`. Choose it before the first deployment: a change makes a new secret, and the deployment fails while the
   * user's key is in the old one. It succeeds when `userName` changes at the same time.
   *
   * @default - a name of CloudFormation's
   */
  readonly secretName?: string;

  /**
   * Roles, users and AWS accounts, up to 20, that may read the secret besides the library's functions. A resource policy denies
   * `secretsmanager:GetSecretValue` to everybody else, including administrators. A person who brings the key to the console has to be among
   * them.
   *
   * It is off by default: a person who is left out cannot bring the key, and only somebody who may change the secret's policy can correct
   * that.
   *
   * @default - everybody in the account to whom IAM grants it
   */
  readonly secretReaders?: IPrincipal[];

  /**
   * What becomes of user, group, policy, secret and key when they are removed from the stack or the stack is deleted.
   *
   * By default they stay, because every connector stops without them. Only a deployment that fails to create them removes them. Use
   * `cdk import` before a stack's first deployment to bring them into it: the key in the secret is then kept. Only the stack that made a
   * key deletes it, so a failed deployment of the new stack does not.
   *
   * With `DESTROY` all of them are deleted. The deletion fails
   *
   * - with the ID of the key, for a key that the library did not make;
   * - with the ID of the key, for a key that the service may have by the record of a registration in the same app: give that registration
   *   the same value;
   * - because IAM refuses to delete the user, for a key that an earlier stack made: delete that key yourself.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
}
