import { CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Group, IManagedPolicy, ManagedPolicy, User } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnSecret, ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct, IConstruct } from 'constructs';
import { AssumableRoles } from './assumable-roles';
import { AssumeRolePolicy } from './assume-role-policy';
import { ExternalId } from './external-id';
import { AccessKeyFunction } from './private/access-key-function';
import { acknowledge } from './private/acknowledgements';
import { ACCESS_KEY_ATTRIBUTES, ACCESS_KEY_RESOURCE_TYPE, AccessKeyProperties, SCHEMA_VERSION } from './private/contract';
import { nameAndArn } from './private/final-name';
import { handledResource } from './private/handled-resource';
import { HandlerFunction } from './private/handler-function';
import { checkPath, checkUserName } from './private/iam-names';
import { ImportedBaseAccountUser } from './private/imported-base-account-user';
import { mintKeys } from './private/key-rights';
import { GROUP, SECRET_OF_MANAGED_KEY } from './private/known-findings';
import { checkText } from './private/validate';

/** The IAM user that the connector service signs with, and its access key. */
export interface IBaseAccountUser extends IConstruct {
  /** Name of the user. */
  readonly userName: string;

  /** ARN of the user. */
  readonly userArn: string;

  /** Path of the user, beginning and ending with `/`. */
  readonly userPath: string;

  /** ID of the user's account, 12 digits: the base account. */
  readonly awsAccountId: string;

  /** Name of the user as it was given, which also a stack of another account can refer to; undefined when AWS makes it up. */
  readonly explicitUserName?: string;

  /** Secret with the access key: JSON `accessKeyId`, `secretAccessKey`, `userName`, `accountId`. */
  readonly accessKeySecret: ISecret;

  /** ID of the access key that was current when the stack was deployed. Not a secret. */
  readonly accessKeyId: string;
}

/** A user that another app made, which does not know what is registered here: change its name there with the default `removalPolicy` only. */
export interface BaseAccountUserAttributes {
  /** Name of the user. */
  readonly userName: string;

  /**
   * Path of the user, beginning and ending with `/`.
   *
   * @default '/'
   */
  readonly userPath?: string;

  /**
   * ID of the user's account, 12 digits.
   *
   * @default - the stack's account
   */
  readonly awsAccountId?: string;

  /** Secret with the access key: JSON `accessKeyId`, `secretAccessKey`, `userName`, `accountId`. */
  readonly accessKeySecret: ISecret;

  /** ID of the current access key; a change of it sends the key to the service again. */
  readonly accessKeyId: string;
}

/** Properties of a {@link BaseAccountUser}: `roles` or `policy` is required. */
export interface BaseAccountUserProps {
  /**
   * The roles that the user may assume. Makes an {@link AssumeRolePolicy}.
   *
   * @default - what `policy` allows
   */
  readonly roles?: AssumableRoles;

  /**
   * The external ID that the policy for `roles` asks for; not with `policy`.
   *
   * @default - any; the connector roles check it all the same
   */
  readonly externalId?: ExternalId;

  /**
   * A policy of your own instead of `roles`. One of this app gets this construct's `removalPolicy`, as the group needs it.
   *
   * @default - a policy for `roles`
   */
  readonly policy?: IManagedPolicy;

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

/**
 * The IAM user of a base account: a group with the policy, the user in it, and one access key that is kept in a secret.
 *
 * The key is made by a function when the stack is deployed; its secret part is in Secrets Manager and nowhere in the
 * stack. The user can do nothing but what the policy says. AWS allows two access keys a user: leave both to the library.
 *
 * Throws when not exactly one of `roles` and `policy` is given, and for names and paths that AWS does not allow.
 *
 * @example
 * const user = new BaseAccountUser(this, 'BaseAccountUser', {
 *   userName: 'qualys-base-account',
 *   roles: AssumableRoles.named('QualysConnector', { organizationId: 'o-a1b2c3d4e5' }),
 * });
 */
export class BaseAccountUser extends Construct implements IBaseAccountUser {
  /** A user with its key that another app made. Throws for a name, path or account ID that cannot be. */
  public static fromBaseAccountUserAttributes(scope: Construct, id: string, attributes: BaseAccountUserAttributes): IBaseAccountUser {
    return new ImportedBaseAccountUser(scope, id, attributes);
  }

  public readonly userName: string;
  public readonly userArn: string;
  public readonly userPath: string;
  public readonly awsAccountId: string;
  public readonly explicitUserName?: string;
  public readonly accessKeySecret: ISecret;
  public readonly accessKeyId: string;

  public constructor(scope: Construct, id: string, props: BaseAccountUserProps) {
    super(scope, id);
    const { path, removalPolicy = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE } = props;
    if (path !== undefined) { checkPath('path', path); }
    if (props.userName !== undefined) { checkUserName('userName', props.userName); }
    if (props.secretName !== undefined) {
      checkText('secretName', props.secretName, { max: 512, pattern: /^[\w/+=.@-]+$/, allowed: 'letters, digits and / _ + = . @ -' });
    }

    // Through a group: reviewers' rules refuse policies on a user itself.
    const group = new Group(this, 'Group', { path });
    const policy = this.policyFor(group, props);
    const user = new User(this, 'User', { userName: props.userName, path, groups: [group], permissionsBoundary: props.permissionsBoundary });
    const secret = new Secret(this, 'Secret', {
      secretName: props.secretName,
      description: 'Access key of the user that the Qualys connector service signs with.',
      encryptionKey: props.encryptionKey,
    });
    // It starts with no value at all: what is in it is a key.
    (secret.node.defaultChild as CfnSecret).generateSecretString = undefined;
    acknowledge(group, GROUP);
    if (!props.encryptionKey) { acknowledge(secret, SECRET_OF_MANAGED_KEY); }

    ({ arn: this.userArn, name: this.userName } = nameAndArn(user, props.userName));
    this.userPath = path ?? '/';
    this.awsAccountId = Stack.of(this).account;
    this.explicitUserName = props.userName;
    this.accessKeySecret = secret;

    const parts: IConstruct[] = [...Construct.isConstruct(policy) ? [policy] : [], group, user, secret];
    // They stay together or go together: IAM deletes no policy that a group has, and no group or user that is in use.
    parts.forEach((part) => { (part.node.defaultChild as CfnResource | undefined)?.applyRemovalPolicy(removalPolicy); });

    const key = handledResource(this, 'Key', {
      handler: new HandlerFunction(this, 'Function', { code: AccessKeyFunction, purpose: 'Makes and removes the access key of the Qualys base account' }),
      resourceType: ACCESS_KEY_RESOURCE_TYPE,
      properties: {
        SchemaVersion: SCHEMA_VERSION,
        AwsAccountId: this.awsAccountId,
        UserName: this.userName,
        SecretArn: secret.secretArn,
      } satisfies AccessKeyProperties,
      access: `Lets a function of cdk-qualys-connectors make and remove the access keys of the user ${this.userName}.`,
      statements: mintKeys(this.userArn, secret),
      removalPolicy,
      needs: parts,
    });
    this.accessKeyId = key.getAttString(ACCESS_KEY_ATTRIBUTES.accessKeyId);
  }

  private policyFor(group: Group, { roles, policy, externalId }: BaseAccountUserProps): IManagedPolicy {
    if (!roles === !policy) {
      throw new Error(`exactly one of 'roles' and 'policy' must say what the user may do, got ${roles ? 'both' : 'neither'}: give the roles, or a policy of your own`);
    }
    if (policy && externalId) {
      throw new Error("'externalId' goes with 'roles', got it with 'policy': put the condition sts:ExternalId in that policy, or use 'roles'");
    }
    const attached = policy ?? new AssumeRolePolicy(this, 'Policy', { roles: roles!, externalId });
    // From the policy's side where that is no reference between stacks: `cdk diff`, and the approval that `cdk deploy` asks
    // for, list the statements of policies that name whom they are for.
    if (attached instanceof ManagedPolicy && Stack.of(attached) === Stack.of(this)) {
      attached.attachToGroup(group);
    } else {
      group.addManagedPolicy(attached);
    }
    return attached;
  }
}
