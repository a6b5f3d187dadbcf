import { Aws, CfnTag, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct, IConstruct } from 'constructs';
import { IConnectorRole } from './connector-role-attributes';
import { checkBounded } from './private/bounded-parameter';
import { placeOf, RolePlace, SeenRole } from './private/connectable-role';
import { warnOfLargeTrust } from './private/quotas';
import { RoleTrustFunction } from './private/role-trust-function';
import { editTrust, recordNameOf } from './private/role-trust-rights';
import { warnOfOwnRole, watchOwnRoles } from './private/roles-of-the-app';
import { trustStatements } from './private/trust/trust-statements';
import { TrustPrincipal } from './trust-principal';
import { checkAccountId } from '../private/checks';
import { confirmBy } from '../private/confirm-command';
import { handledResource } from '../private/handled-resource';
import { HandlerFunction, pinned } from '../private/handler-function';
import { checkPath, checkRoleName, checkTag } from '../private/iam-names';
import { A_TRUST, AN_EXTERNAL_ID, checkRequired, TEXT } from '../private/required';
import { deployedStack } from '../private/stacks';
import { takeRole } from '../private/taken-roles';
import { ExternalId } from '../service/external-id';
import { FunctionLogOptions, FunctionNetworkOptions } from '../service/function-options';
import { flag, SCHEMA_VERSION } from '../wire/common';
import { ConnectorAppName } from '../wire/connector';
import { ROLE_TRUST_RESOURCE_TYPE, ROLE_TRUST_VARIABLE, RoleTrustProperties, TrustStatement } from '../wire/role-trust';
import { warnOfNotCovered } from './private/trust/covered-roles';
import { warnOfGuessable } from './private/trust/guessable-external-id';
import { QUALYS_ACCOUNT } from './private/trust/qualys-account';

/** Properties of a {@link ConnectorRoleTrust}. The network is that of its function, which calls IAM, Parameter Store and CloudFormation. */
export interface ConnectorRoleTrustProps extends FunctionNetworkOptions, FunctionLogOptions {
  /**
   * Name of a role in the stack's account, without its path.
   *
   * 1 to 64 letters, digits and `_ + = , . @ -`. A change edits the new role and puts back the trust of the old one. A parameter passes only with an
   * `allowedPattern` that excludes wildcards.
   */
  readonly roleName: string;

  /**
   * IAM path of the role, beginning and ending with `/`. The function may edit only the role with this path and name, so a wrong path makes
   * the deployment fail.
   *
   * @default '/'
   */
  readonly path?: string;

  /** Whom the role trusts from now on. A change edits the role in place. */
  readonly trust: TrustPrincipal;

  /**
   * The external ID of the role's connector. The function recognizes the statements to replace by it, and the new statements require it.
   *
   * A later change takes effect at once: the connector has to send the new external ID from then on.
   */
  readonly externalId: ExternalId;

  /**
   * IDs of further accounts in the role's present trust policy that the connector service calls from, 12 digits each. Examples are a base
   * account that somebody added by hand, or the Qualys account of your platform.
   *
   * @default - the accounts of `trust` and 805950163170, the Qualys account
   */
  readonly formerAccountIds?: string[];

  /**
   * Whether to take the role over when another stack edits its trust with this construct, or when someone has changed the service's
   * statements since the last deployment. The trust at that time is the one that is put back later.
   *
   * @default false - the deployment fails and says what was found
   */
  readonly adoptExisting?: boolean;

  /**
   * Tag that the role must have. IAM refuses to edit a role without it (`iam:ResourceTag`). Without this property the construct can edit
   * any role of the account, also one of another vendor; with it, the people who tag roles decide. Throws for a tag that IAM does not
   * allow.
   *
   * @default - the role needs no tag
   */
  readonly requiredTag?: CfnTag;

  /**
   * What happens to the trust when this construct is removed from the stack or the stack is deleted. By default the function puts the
   * former statements back, so the role trusts its former callers again. With `RETAIN` the edited trust stays, and so does the record in
   * Parameter Store: a later construct takes it over with `adoptExisting`.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Edits the trust of an existing role in the stack's own account, which another stack, a person or a template of the vendor made. For roles
 * of your own use a {@link ConnectorRole}, which needs no function.
 *
 * It replaces the statements that let the connector service in. These allow `sts:AssumeRole` to an account of the service (the accounts of
 * `trust`, the Qualys account and `formerAccountIds`) under `StringEquals` with exactly this external ID. Every other statement stays as it
 * is, byte for byte. IAM takes the new document in one call, so nobody is locked out in between. To move to another caller, use
 * `TrustPrincipal.anyOf()` first.
 *
 * The deployment fails and changes nothing when
 * - no statement lets the service in with this external ID, or one does in another way (no or another external ID, another
 *   operator such as `StringLike`, further conditions, other actions);
 * - one statement names the service and others: split it in two;
 * - the document has a `Deny`, a `NotPrincipal`, a `NotAction` or a wildcard principal;
 * - it would be longer than the account's quota (2,048 characters without white space, which can be raised);
 * - someone has changed the service's statements since the last deployment. To take the role as it is, set `adoptExisting`.
 *
 * The parameter `recordName` in Parameter Store keeps the former document. When you remove the construct, the function puts the former
 * statements back; the statements of others stay as they are. When somebody has changed the service's statements by hand, the removal fails
 * too and changes nothing: delete that parameter to leave the role as it is.
 *
 * Use one construct for each role, in one region: the function does not see records of other regions. If the stack that made the role
 * updates its trust policy, that policy stays until the next change here.
 *
 * @example
 * new ConnectorRoleTrust(this, 'Trust', {
 *   roleName: 'QualysCSPMReadOnlyRole',
 *   // was: TrustPrincipal.qualysAccount()
 *   trust: TrustPrincipal.anyOf(
 *     TrustPrincipal.qualysAccount(),
 *     TrustPrincipal.baseAccount('111122223333', { userName: 'qualys-base-account' }),
 *   ),
 *   externalId: ExternalId.of('83172650944188230571'),
 * });
 */
export class ConnectorRoleTrust extends Construct implements IConnectorRole {
  public readonly roleArn: string;
  public readonly roleName: string;
  public readonly externalId: string;

  /** Name of the parameter in Parameter Store that keeps the former trust policy. */
  public readonly recordName: string;

  /** The function that edits the trust. */
  public readonly handler: IFunction;

  /** @internal */
  public readonly _modules: readonly ConnectorAppName[] = ['AI'];

  private readonly path: string;

  /**
   * Edits the trust. Throws for a name, path or account ID that AWS does not allow, and for a `roleName` that a parameter may turn into
   * `*`. Throws also for a second construct on one role, and for the role of a `ConnectorRole` of the same app.
   *
   * @param scope the construct that contains this one
   * @param id an ID that is unique in `scope`; logical IDs contain it, so a change of it replaces the resources
   * @param props the role, and whom it trusts from now on
   */
  public constructor(scope: Construct, id: string, props: ConnectorRoleTrustProps) {
    super(scope, id);
    checkRequired(props, { roleName: TEXT, trust: A_TRUST, externalId: AN_EXTERNAL_ID });
    const { roleName, path = '/', trust, externalId, formerAccountIds = [], vpc, vpcSubnets, securityGroups } = props;
    checkRoleName('roleName', roleName);
    checkPath('path', path);
    checkBounded(this, 'roleName', roleName);
    checkBounded(this, 'path', path);
    if (props.requiredTag) checkTag('requiredTag', props.requiredTag);
    formerAccountIds.forEach((accountId) => checkAccountId('formerAccountIds', accountId));
    watchOwnRoles(this, roleName);
    warnOfOwnRole(this, roleName);
    const trusted = trust._accounts(this);
    warnOfGuessable(this, trusted, externalId);

    this.roleName = roleName;
    this.path = path;
    this.roleArn = this.arnIn(Aws.PARTITION);
    takeRole(this, this);
    this.externalId = externalId._render(this);
    this.recordName = recordNameOf(roleName);

    const statements = trustStatements(trusted, this.externalId);
    this.node.addValidation({
      validate: () => {
        warnOfLargeTrust(resource, new PolicyDocument({ statements }));
        warnOfNotCovered(resource, trusted, { name: roleName, path });
        return [];
      },
    });
    const handler = new HandlerFunction(this, 'Function', {
      code: RoleTrustFunction,
      purpose: 'Edits the trust of a Qualys connector role',
      network: { vpc, vpcSubnets, securityGroups },
      logRetention: props.logRetention,
    });
    this.handler = handler.function;
    const properties: RoleTrustProperties = {
      SchemaVersion: SCHEMA_VERSION,
      RoleArn: this.roleArn,
      ExternalId: this.externalId,
      Statements: statements.map((statement): TrustStatement => statement.toStatementJson()),
      FormerAccountIds: [...new Set([QUALYS_ACCOUNT, ...formerAccountIds])],
      AdoptExisting: flag(props.adoptExisting ?? false),
      RecordName: this.recordName,
    };
    const stack = Stack.of(this);
    handler.function.addEnvironment(ROLE_TRUST_VARIABLE, stack.toJsonString({ ...properties, Statements: pinned(stack, properties.Statements) }));
    confirmBy(handler.function);
    const resource = handledResource(this, 'Resource', {
      handler,
      resourceType: ROLE_TRUST_RESOURCE_TYPE,
      properties,
      access: `Lets a function of cdk-qualys-connectors edit the trust of the role ${path}${roleName}.`,
      statements: editTrust(this, { roleArn: this.roleArn, recordName: this.recordName, requiredTag: props.requiredTag }),
      removalPolicy: props.removalPolicy ?? RemovalPolicy.DESTROY,
      needs: [],
    });
    this.node.defaultChild = resource.node.defaultChild;
  }

  /** @internal */
  public _place(): RolePlace {
    return placeOf(this);
  }

  /**
   * The role as the stack of a connector sees it. It is always in the account and partition of this construct's stack.
   *
   * @internal
   */
  public _seenFrom(scope: IConstruct, partition: string): SeenRole {
    const { account } = Stack.of(this);
    const isKnown = ![this.roleName, this.path, account].some((part) => Token.isUnresolved(part));
    const knownArn = isKnown ? this.arnIn(partition) : undefined;
    if (deployedStack(scope) === deployedStack(this)) return { roleArn: this.roleArn, reference: this.roleArn, knownArn };
    if (knownArn !== undefined) return { roleArn: knownArn, reference: this.roleArn, knownArn };
    const isOneEnvironment = Token.isUnresolved(account) && Stack.of(scope).environment === Stack.of(this).environment;
    if (isOneEnvironment) return { roleArn: this.roleArn, reference: this.roleArn };
    throw new Error(`roleName and path of the ConnectorRoleTrust ${this.node.path} must be texts and the account of its stack known, because ${scope.node.path} connects the role `
      + 'from another stack: set them, and env.account on the stack');
  }

  private arnIn(partition: string): string {
    return `arn:${partition}:iam::${Stack.of(this).account}:role${this.path}${this.roleName}`;
  }
}
