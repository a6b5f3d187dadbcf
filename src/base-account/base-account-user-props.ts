import { RemovalPolicy } from 'aws-cdk-lib';
import { IManagedPolicy, IPrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { AssumableRoles } from './assumable-roles';
import { AssumeRolePolicyOptions } from './assume-role-policy-options';
import { FunctionLogOptions, FunctionNetworkOptions } from '../service/function-options';

/**
 * Properties of a {@link BaseAccountUser}. The network is that of the function which makes and removes the key; it calls IAM, Secrets
 * Manager and, where the user is registered in the same app, Parameter Store.
 */
export interface BaseAccountUserProps extends AssumeRolePolicyOptions, FunctionNetworkOptions, FunctionLogOptions {
  /**
   * The roles that the user may assume. Makes an {@link AssumeRolePolicy}, but for `AssumableRoles.fromPolicy`: a policy of this app then
   * gets this construct's `removalPolicy`, as the group needs it.
   */
  readonly roles: AssumableRoles;

  /**
   * Name of the user, 1 to 64 letters, digits and `_ + = , . @ -`. Needed where a role of another account names the user.
   *
   * A change makes a new user with a new key, and the registration hands that one over. The old user and its key stay with
   * the default `removalPolicy`: delete them once the key is no longer used. With `DESTROY` they go in the same deployment; where a
   * person brings the key that would be too early, so the change fails and is taken back: deploy the default before.
   *
   * To rename without an outage, first let the roles trust the account without `userName`, deploy the rename, then name the
   * new user in the roles.
   *
   * @default - a name of CloudFormation's
   */
  readonly userName?: string;

  /**
   * IAM path of user and group, beginning and ending with `/`.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * The most that the user may do, whatever policies it has. It must allow `sts:AssumeRole` on the connector roles.
   *
   * @default - no boundary
   */
  readonly permissionsBoundary?: IManagedPolicy;

  /**
   * KMS key for the secret, of the same account; its policy must let the account's IAM policies decide, as CDK's keys do.
   *
   * @default - the account's `aws/secretsmanager`
   */
  readonly encryptionKey?: IKey;

  /**
   * Name of the secret, 1 to 512 letters, digits and `/ _ + = . @ -`. Decide once: a change makes a new secret, and
   * the deployment fails while the user's key is in the old one. With another `userName` at the same time it goes through.
   *
   * @default - a name of CloudFormation's
   */
  readonly secretName?: string;

  /**
   * Who may read the secret beside the library's functions: a resource policy denies `secretsmanager:GetSecretValue` to everybody else,
   * administrators included. Roles, users and accounts of AWS, up to 20. Where a person brings the key to the console, that person has to
   * be among them.
   *
   * It is off by default, as a person who is left out cannot bring the key, and only who may change the policy can mend that.
   *
   * @default - everybody of the account to whom IAM grants it
   */
  readonly secretReaders?: IPrincipal[];

  /**
   * What becomes of user, group, policy, secret and key when they are removed from the stack or the stack is deleted.
   *
   * By default they stay, as without them every connector stops, and go only with a deployment that fails to create them.
   * Bring them into a stack again with `cdk import` before its first deployment: the key in the secret is then kept. That key
   * goes with no stack but the one that made it, so a deployment that fails does not take it away.
   *
   * With `DESTROY` all of them go, and a key that the library did not make lets the deletion fail with its ID. So does one that the
   * service may have, as the record of a registration in the same app says: give that the same value. One that an earlier stack made
   * stays, and IAM refuses to delete the user: delete that key yourself.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
}
