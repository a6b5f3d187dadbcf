import { CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Group, IManagedPolicy, ManagedPolicy, User } from 'aws-cdk-lib/aws-iam';
import { CfnSecret, ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct, IConstruct } from 'constructs';
import { AssumeRolePolicy } from './assume-role-policy';
import { BaseAccountUserAttributes, IBaseAccountUser } from './base-account-user-attributes';
import { BaseAccountUserProps } from './base-account-user-props';
import { AccessKeyFunction } from './private/access-key-function';
import { acknowledge } from '../private/acknowledgements';
import { checkText } from '../private/checks';
import { nameAndArn } from '../private/final-name';
import { handledResource } from '../private/handled-resource';
import { HandlerFunction } from '../private/handler-function';
import { checkPath, checkUserName } from '../private/iam-names';
import { ACCESS_KEY_ATTRIBUTES, ACCESS_KEY_RESOURCE_TYPE, AccessKeyProperties } from '../wire/access-key';
import { SCHEMA_VERSION } from '../wire/common';
import { ImportedBaseAccountUser } from './private/imported-base-account-user';
import { mintKeys } from './private/key-rights';
import { GROUP, SECRET_OF_MANAGED_KEY } from '../private/known-findings';

const SECRET_NAME = { max: 512, pattern: /^[\w/+=.@-]+$/, allowed: 'letters, digits and / _ + = . @ -' };

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
    if (path !== undefined) checkPath('path', path);
    if (props.userName !== undefined) checkUserName('userName', props.userName);
    if (props.secretName !== undefined) checkText('secretName', props.secretName, SECRET_NAME);

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
    if (!props.encryptionKey) acknowledge(secret, SECRET_OF_MANAGED_KEY);
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
      throw new Error(`exactly one of 'roles' and 'policy' must say what the user may do, got ${roles ? 'both' : 'neither'}: give the roles, `
        + 'or a policy of your own');
    }
    if (policy && externalId) {
      throw new Error("'externalId' goes with 'roles', got it with 'policy': put the condition sts:ExternalId in that policy, "
        + "or use 'roles'");
    }
    const attached = policy ?? new AssumeRolePolicy(this, 'Policy', { roles: roles!, externalId });
    // From the policy's side where that is no reference between stacks: `cdk diff`, and the approval that `cdk deploy` asks
    // for, list the statements of policies that name whom they are for.
    if (attached instanceof ManagedPolicy && Stack.of(attached) === Stack.of(this)) attached.attachToGroup(group);
    else group.addManagedPolicy(attached);

    return attached;
  }
}
