import { Duration } from 'aws-cdk-lib';
import { CfnRole, IManagedPolicy, ManagedPolicy, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ConnectorPermissions } from './connector-permissions';
import { TrustPrincipal } from './trust-principal';
import { acknowledge } from '../private/acknowledgements';
import { NameAndArn, nameAndArn } from '../private/final-name';
import { A_TRUST, AN_EXTERNAL_ID, checkRequired, PERMISSIONS } from '../private/required';
import { warnOfGuessable } from './private/guessable-external-id';
import { checkDescription, checkPath, checkRoleName } from '../private/iam-names';
import { VENDOR_PERMISSIONS, VENDOR_ROLE } from '../private/known-findings';
import { ExternalId } from '../service/external-id';
import { lengthOf, plainlyFits, trustPolicyTooLarge } from './private/quotas';
import { limitSize } from '../private/policy-size';
import { ConnectorServicePrincipal, TrustedAccount } from './private/trust-statements';

/** Quota of AWS for one role. */
const MAX_MANAGED_POLICIES = 10;

/** Properties of a {@link ConnectorRole}. */
export interface ConnectorRoleProps {
  /** Whom the role trusts. A change of it edits the role in place. */
  readonly trust: TrustPrincipal;

  /** The external ID that every caller has to present. It has to be the connector's. */
  readonly externalId: ExternalId;

  /** What the connector may read. */
  readonly permissions: ConnectorPermissions;

  /**
   * Name of the role, 1 to 64 letters, digits and `_ + = , . @ -`. A change of it replaces the role.
   *
   * Set it when `AssumableRoles.named` or a connector in another account refers to the role.
   *
   * @default - a name of CloudFormation's
   */
  readonly roleName?: string;

  /**
   * IAM path of the role, beginning and ending with `/`, up to 512 characters. A change of it replaces the role.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * Policy that bounds what the role may do whatever else it is granted.
   *
   * @default - none
   */
  readonly permissionsBoundary?: IManagedPolicy;

  /**
   * How long a session may last that a caller asks for, from 1 to 12 hours.
   *
   * @default - one hour
   */
  readonly maxSessionDuration?: Duration;

  /**
   * What the role is for, up to 1,000 characters.
   *
   * @default - says that Qualys connectors read the account with it
   */
  readonly description?: string;
}

/**
 * The role that connectors assume in a connected account.
 *
 * It is a role and, where there are statements, a managed policy: no function and no asset, so that it goes into a
 * StackSet. It does not tell the connector service: that takes a connector with this role's ARN and external ID.
 *
 * Synthesis fails when the trust policy has more than 2,048 characters, the permissions more than 6,144, or the role more
 * than 10 managed policies (quotas of AWS). It warns with `cdk-qualys-connectors:guessableExternalId` when the Qualys account is
 * trusted with an external ID (or a prefix) of fewer than 16 characters.
 *
 * @example
 * new ConnectorRole(this, 'ConnectorRole', {
 *   roleName: 'QualysConnector',
 *   trust: TrustPrincipal.baseAccount('111122223333', { userName: 'qualys-base-account' }),
 *   externalId: ExternalId.perAccount('8317265094418823'),
 *   permissions: ConnectorPermissions.securityPosture(),
 * });
 */
export class ConnectorRole extends Construct {
  /** The role itself. */
  public readonly role: Role;

  /** The external ID as the connector has to present it. */
  public readonly externalId: string;

  /**
   * As given, for what cannot refer to the role.
   *
   * @internal
   */
  public readonly _props: ConnectorRoleProps;

  private known?: NameAndArn;

  public constructor(scope: Construct, id: string, props: ConnectorRoleProps) {
    super(scope, id);
    checkRequired(props, { trust: A_TRUST, externalId: AN_EXTERNAL_ID, permissions: PERMISSIONS });
    if (props.description !== undefined) checkDescription('description', props.description);
    if (props.roleName !== undefined) checkRoleName('roleName', props.roleName);
    if (props.path !== undefined) checkPath('path', props.path);
    this._props = props;
    this.externalId = props.externalId._render(this);
    const trusted = props.trust._accounts(this);
    this.role = new Role(this, 'Resource', {
      assumedBy: new ConnectorServicePrincipal(trusted, this.externalId),
      managedPolicies: this.policies(props.permissions),
      roleName: props.roleName,
      path: props.path,
      permissionsBoundary: props.permissionsBoundary,
      maxSessionDuration: props.maxSessionDuration,
      description: props.description ?? 'Lets Qualys connectors read this account.',
    });
    if (props.permissions._vendors) acknowledge(this.role, VENDOR_ROLE);
    warnOfGuessable(this, props.trust, props.externalId);
    this.node.addValidation({ validate: () => this.quotas(trusted) });
  }

  /** ARN of the role. Stacks of other accounts get it as text, with the name that the role has after all aspects. */
  public get roleArn(): string {
    return this.nameAndArn().arn;
  }

  /** Name of the role, without its path. Stacks of other accounts get it as text, as it is after all aspects. */
  public get roleName(): string {
    return this.nameAndArn().name;
  }

  /** Made when it is read: of a thousand roles most are never asked for theirs. */
  private nameAndArn(): NameAndArn {
    return this.known ??= nameAndArn(this.role, this._props.roleName);
  }

  /** A managed policy and no inline one: the role is then made with all its permissions in one go. */
  private policies(permissions: ConnectorPermissions): IManagedPolicy[] {
    const managed = permissions._managedPolicies();
    const statements = permissions._statements();
    if (statements.length === 0) return managed;
    const policy = new ManagedPolicy(this, 'Permissions', { description: 'What Qualys connectors may read.', statements });
    if (permissions._vendors) acknowledge(policy, VENDOR_PERMISSIONS);
    limitSize(policy, 'grant less, or move statements to managedPolicies', permissions._vendors ? statements.length : undefined);
    return [...managed, policy];
  }

  /** Checked last: the role can be changed after it was made. */
  private quotas(trusted: TrustedAccount[]): string[] {
    const { assumeRolePolicy } = this.role;
    // There is none where `Role.customizeRoles` keeps CDK from making roles.
    const resource = this.role.node.defaultChild as CfnRole | undefined;
    const attached = resource?.managedPolicyArns === undefined ? 0 : lengthOf(resource, resource.managedPolicyArns);
    return [
      ...(assumeRolePolicy && !plainlyFits(assumeRolePolicy, trusted, this.externalId) ? trustPolicyTooLarge(this, assumeRolePolicy) : []),
      ...(attached > MAX_MANAGED_POLICIES
        ? [`the role has ${attached} managed policies, but AWS allows ${MAX_MANAGED_POLICIES}: join some of them`]
        : []),
    ];
  }
}
