import { CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnGroup, Group, IManagedPolicy, ManagedPolicy, User } from 'aws-cdk-lib/aws-iam';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSecret, ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct, IConstruct } from 'constructs';
import { AssumeRolePolicy } from './assume-role-policy';
import { BaseAccountUserAttributes, IBaseAccountUser } from './base-account-user-attributes';
import { BaseAccountUserProps } from './base-account-user-props';
import { AccessKeyFunction } from './private/access-key-function';
import { ImportedBaseAccountUser } from './private/imported-base-account-user';
import { mintKeys } from './private/key-rights';
import { closeSecret, letRead } from './private/secret-readers';
import { noteUser } from './private/users-of-the-app';
import { acknowledge } from '../private/acknowledgements';
import { checkText } from '../private/checks';
import { confirmBy } from '../private/confirm-command';
import { nameAndArn } from '../private/final-name';
import { handledResource } from '../private/handled-resource';
import { HandlerFunction } from '../private/handler-function';
import { checkPath, checkUserName } from '../private/iam-names';
import { GROUP, SECRET_OF_MANAGED_KEY } from '../private/known-findings';
import { A_SECRET, checkRequired, ROLES, TEXT } from '../private/required';
import { noteWeakReferences } from '../private/weak-references';
import { ACCESS_KEY_ATTRIBUTES, ACCESS_KEY_RESOURCE_TYPE, ACCESS_KEY_VARIABLE, AccessKeyProperties } from '../wire/access-key';
import { SCHEMA_VERSION } from '../wire/common';

const SECRET_NAME = { max: 512, pattern: /^[\w/+=.@-]+$/, allowed: 'letters, digits and / _ + = . @ -' };

/**
 * The IAM user of a base account: a group with the policy, the user in that group, and one access key in a secret.
 *
 * A function makes the key when the stack is deployed. The secret access key is in Secrets Manager and nowhere in the stack. The user can
 * do only what the policy allows. AWS allows two access keys for each user: leave both to the library.
 *
 * @example
 * const user = new BaseAccountUser(this, 'BaseAccountUser', {
 *   userName: 'qualys-base-account',
 *   roles: AssumableRoles.named('QualysConnector', { organizationId: 'o-a1b2c3d4e5' }),
 * });
 */
export class BaseAccountUser extends Construct implements IBaseAccountUser {
  /**
   * A user that another app made, with its key. Throws for a name, path or account ID that AWS does not allow.
   *
   * @param scope the construct that contains this one
   * @param id an ID that is unique in `scope`
   * @param attributes the user as the other app describes it
   * @example
   * // of the other app: the outputs with the user's name and the ARN of its secret
   * const user = BaseAccountUser.fromBaseAccountUserAttributes(this, 'User', {
   *   userName: 'qualys-base-account',
   *   accessKeySecret: secretsmanager.Secret.fromSecretCompleteArn(this, 'Key', 'arn:aws:secretsmanager:us-east-1:111122223333:secret:Key-a1b2c3'),
   * });
   */
  public static fromBaseAccountUserAttributes(scope: Construct, id: string, attributes: BaseAccountUserAttributes): IBaseAccountUser {
    checkRequired(attributes, { userName: TEXT, accessKeySecret: A_SECRET });
    return new ImportedBaseAccountUser(scope, id, attributes);
  }

  public readonly userName: string;
  public readonly userArn: string;
  public readonly userPath: string;
  public readonly accountId: string;
  public readonly accessKeySecret: ISecret;

  /** ID of the access key that was current when the stack was deployed. A rotation does not change it. It is not a secret. */
  public readonly accessKeyId: string;

  /** The IAM user. */
  public readonly iamUser: User;

  /** The IAM group of the user. The policy is attached to it. */
  public readonly group: Group;

  /** The policy of the user: an {@link AssumeRolePolicy}, or the one given to `AssumableRoles.fromPolicy`. */
  public readonly policy: IManagedPolicy;

  /** The function that makes and removes the key. */
  public readonly handler: IFunction;

  /**
   * Makes the user and its key. Throws for names, paths and addresses that AWS does not allow.
   *
   * @param scope the construct that contains this one
   * @param id an ID that is unique in `scope`; logical IDs contain it, so a change of it replaces the resources
   * @param props what the user may do, and how its key is kept
   */
  public constructor(scope: Construct, id: string, props: BaseAccountUserProps) {
    super(scope, id);
    checkRequired(props, { roles: ROLES });
    const { path, removalPolicy = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, vpc, vpcSubnets, securityGroups, logRetention } = props;
    if (path !== undefined) checkPath('path', path);
    if (props.userName !== undefined) checkUserName('userName', props.userName);
    if (props.secretName !== undefined) checkText('secretName', props.secretName, SECRET_NAME);

    // The policy is on a group, because reviewers' rules refuse policies on a user.
    const group = this.group = new Group(this, 'Group', { path });
    const policy = this.policy = this.policyFor(group, props);
    const user = this.iamUser = new User(this, 'User', { userName: props.userName, path, groups: [group], permissionsBoundary: props.permissionsBoundary });
    const secret = new Secret(this, 'Secret', {
      secretName: props.secretName,
      description: 'Access key of the user that the Qualys connector service signs with.',
      encryptionKey: props.encryptionKey,
    });
    // The secret starts without a value, so that a value is always a key.
    (secret.node.defaultChild as CfnSecret).generateSecretString = undefined;
    acknowledge(group, GROUP);
    if (!props.encryptionKey) acknowledge(secret, SECRET_OF_MANAGED_KEY);
    ({ arn: this.userArn, name: this.userName } = nameAndArn(user));
    this.userPath = path ?? '/';
    this.accountId = Stack.of(this).account;
    this.accessKeySecret = secret;
    this.node.defaultChild = user.node.defaultChild;

    const parts: IConstruct[] = [...Construct.isConstruct(policy) ? [policy] : [], group, user, secret];
    // They stay or are deleted together: IAM does not delete a policy that is attached, nor a group or user that is in use.
    parts.forEach((part) => { (part.node.defaultChild as CfnResource | undefined)?.applyRemovalPolicy(removalPolicy); });

    const handler = new HandlerFunction(this, 'Function', {
      code: AccessKeyFunction,
      purpose: 'Makes and removes the access key of the Qualys base account',
      network: { vpc, vpcSubnets, securityGroups },
      logRetention,
    });
    this.handler = handler.function;
    if (props.secretReaders) closeSecret(secret, props.secretReaders);
    letRead(secret, handler.role);
    const properties: AccessKeyProperties = {
      SchemaVersion: SCHEMA_VERSION,
      AwsAccountId: this.accountId,
      UserName: this.userName,
      SecretArn: secret.secretArn,
    };
    handler.function.addEnvironment(ACCESS_KEY_VARIABLE, Stack.of(this).toJsonString(properties));
    confirmBy(handler.function);
    const key = handledResource(this, 'Key', {
      handler,
      resourceType: ACCESS_KEY_RESOURCE_TYPE,
      properties,
      access: `Lets a function of cdk-qualys-connectors make and remove the access keys of the user ${this.userName}.`,
      statements: mintKeys(this.userArn, secret),
      removalPolicy,
      needs: parts,
    });
    this.accessKeyId = key.getAttString(ACCESS_KEY_ATTRIBUTES.accessKeyId);
    noteUser(this, props.roles);
  }

  private policyFor(group: Group, { roles, ...options }: BaseAccountUserProps): IManagedPolicy {
    const { _policy: given } = roles;
    const [narrowed] = (['externalId', 'sourceIps', 'longTermCredentialsOnly'] as const).filter((name) => options[name] !== undefined);
    if (given && narrowed) {
      throw new Error(`${narrowed} narrows a policy that the library makes, got it with AssumableRoles.fromPolicy(): put the condition into that policy, `
        + 'or name the roles in another way');
    }
    const { externalId, sourceIps, longTermCredentialsOnly } = options;
    const policy = given ?? new AssumeRolePolicy(this, 'Policy', { roles, externalId, sourceIps, longTermCredentialsOnly });
    // The policy names the group, unless that is a reference between stacks. `cdk diff` and the approval in `cdk deploy` list the
    // statements of a policy only if it names its group.
    if (policy instanceof ManagedPolicy && Stack.of(policy) === Stack.of(this)) policy.attachToGroup(group);
    else group.addManagedPolicy(policy);
    noteWeakReferences(group.node.defaultChild as CfnGroup, [policy.managedPolicyArn]);
    return policy;
  }
}
