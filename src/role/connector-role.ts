import { Stack, Token } from 'aws-cdk-lib';
import { CfnRole, IGrantable, IManagedPolicy, IPrincipal, ManagedPolicy, Role } from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { ConnectorPermissions } from './connector-permissions';
import { ConnectorRoleAttributes, IConnectorRole } from './connector-role-attributes';
import { ConnectorRoleProps } from './connector-role-props';
import { placeOf, RolePlace, seeMadeRole, SeenRole } from './private/connectable-role';
import { ImportedConnectorRole } from './private/imported-connector-role';
import { checkQuotas } from './private/quotas';
import { acknowledge } from '../private/acknowledgements';
import { givenNames, NameAndArn, nameAndArn } from '../private/final-name';
import { checkDescription, checkPath, checkRoleName } from '../private/iam-names';
import { VENDOR_PERMISSIONS, VENDOR_ROLE } from '../private/known-findings';
import { limitSize } from '../private/policy-size';
import { A_TRUST, AN_EXTERNAL_ID, checkRequired, PERMISSIONS, TEXT } from '../private/required';
import { standsInAnother } from '../private/stacks';
import { noteWeakReferences } from '../private/weak-references';
import { ConnectorAppName } from '../wire/connector';
import { warnOfNotCovered } from './private/trust/covered-roles';
import { warnOfGuessable } from './private/trust/guessable-external-id';
import { ConnectorServicePrincipal } from './private/trust/trust-statements';

/**
 * The role that connectors assume in a connected account.
 *
 * It makes a role and, if there are statements, a managed policy. It has no function and no asset, so it works in a StackSet. It makes no
 * connector at the service: use a {@link Connector} for that.
 *
 * Synthesis fails when the permissions have more than 6,144 characters, or the role more than 10 managed policies (quotas of AWS). It warns
 * - with `cdk-qualys-connectors:trustPolicySize` when the trust policy has more than 2,048 characters, a quota that AWS raises on request;
 * - with `cdk-qualys-connectors:guessableExternalId` when the role trusts the Qualys account with an external ID that others can guess;
 * - with `cdk-qualys-connectors:roleNotCovered` when the role trusts a base account of the same `Stage` that may not assume a role of this
 *   name and path.
 *
 * @example
 * new ConnectorRole(this, 'ConnectorRole', {
 *   roleName: 'QualysConnector',
 *   trust: TrustPrincipal.baseAccount('111122223333', { userName: 'qualys-base-account' }),
 *   externalId: ExternalId.perAccount('8317265094418823'),
 *   permissions: ConnectorPermissions.securityPosture(),
 * });
 */
export class ConnectorRole extends Construct implements IConnectorRole, IGrantable {
  /**
   * A role that another app, a template of the vendor or a person made. Throws for a text that is not the ARN of a role; tokens pass.
   *
   * If a {@link ConnectorRoleTrust} of the same `Stage` edits that role, its connectors are deployed after it.
   *
   * @param scope the construct that contains this one
   * @param id an ID that is unique in `scope`
   * @param attributes the role, and the external ID that it requires
   * @example
   * const role = ConnectorRole.fromConnectorRoleAttributes(this, 'Production', {
   *   roleArn: 'arn:aws:iam::222222222222:role/QualysCSPMReadOnlyRole',
   *   externalId: ExternalId.of('83172650944188230571'),
   * });
   */
  public static fromConnectorRoleAttributes(scope: Construct, id: string, attributes: ConnectorRoleAttributes): IConnectorRole {
    checkRequired(attributes, { roleArn: TEXT, externalId: AN_EXTERNAL_ID });
    return new ImportedConnectorRole(scope, id, attributes);
  }

  /** The IAM role. */
  public readonly role: Role;

  public readonly externalId: string;

  /** The principal of grants to this construct: the role. */
  public readonly grantPrincipal: IPrincipal;

  private readonly permissions: ConnectorPermissions;
  private known?: NameAndArn;

  /**
   * Makes the role. Throws for names, paths and descriptions that AWS does not allow.
   *
   * @param scope the construct that contains this one
   * @param id an ID that is unique in `scope`; logical IDs contain it, so a change of it replaces the resources
   * @param props whom the role trusts, and what it may read
   */
  public constructor(scope: Construct, id: string, props: ConnectorRoleProps) {
    super(scope, id);
    checkRequired(props, { trust: A_TRUST, externalId: AN_EXTERNAL_ID, permissions: PERMISSIONS });
    if (props.description !== undefined) checkDescription('description', props.description);
    if (props.roleName !== undefined) checkRoleName('roleName', props.roleName);
    if (props.path !== undefined) checkPath('path', props.path);
    checkStackSet(this);
    this.permissions = props.permissions;
    this.externalId = props.externalId._render(this);
    const trusted = props.trust._accounts(this);
    const managedPolicies = this.policies(props.permissions);
    this.role = new Role(this, 'Resource', {
      assumedBy: new ConnectorServicePrincipal(trusted, this.externalId),
      managedPolicies,
      roleName: props.roleName,
      path: props.path,
      permissionsBoundary: props.permissionsBoundary,
      maxSessionDuration: props.maxSessionDuration,
      description: props.description ?? 'Lets Qualys connectors read this account.',
    });
    this.grantPrincipal = this.role;
    // Undefined when `Role.customizeRoles` keeps CDK from making roles.
    const resource = this.role.node.defaultChild as CfnRole | undefined;
    this.node.defaultChild = resource;
    if (props.permissions._vendors) acknowledge(this.role, VENDOR_ROLE);
    if (resource) {
      const principals = trusted.flatMap(({ accountId, userArn = '' }) => [accountId, userArn]);
      const policies = [...managedPolicies, ...props.permissionsBoundary ? [props.permissionsBoundary] : []].map((policy) => policy.managedPolicyArn);
      noteWeakReferences(resource, [...principals, ...policies]);
    }
    warnOfGuessable(this, trusted, props.externalId);
    this.node.addValidation({
      validate: () => {
        // By now aspects have given the role its final name and path.
        if (resource) warnOfNotCovered(this.role, trusted, givenNames(resource));
        return checkQuotas(this.role, trusted, this.externalId);
      },
    });
  }

  /** ARN of the role. If `roleName` is a text, other stacks get the ARN as text, with the role's name after all aspects. */
  public get roleArn(): string {
    return this.nameAndArn().arn;
  }

  /** Name of the role. If `roleName` is a text, other stacks get it as text, as it is after all aspects. */
  public get roleName(): string {
    return this.nameAndArn().name;
  }

  /** @internal */
  public get _modules(): readonly ConnectorAppName[] {
    return this.permissions._modules;
  }

  /** @internal */
  public _place(): RolePlace {
    return placeOf(this);
  }

  /** @internal */
  public _seenFrom(scope: IConstruct, partition: string): SeenRole {
    return seeMadeRole(scope, this, this.role, partition);
  }

  /** Computed when it is read, because most of a thousand roles are never asked for it. */
  private nameAndArn(): NameAndArn {
    return this.known ??= nameAndArn(this.role);
  }

  /** A managed policy instead of an inline one: the role then has all its permissions from the start. */
  private policies(permissions: ConnectorPermissions): IManagedPolicy[] {
    const managed = [...permissions._managedPolicies()];
    const [statements, further] = [permissions._statements(), permissions._furtherStatements()];
    if (statements.length > 0) {
      const policy = new ManagedPolicy(this, 'Permissions', { description: 'What Qualys connectors may read.', statements });
      if (permissions._vendors) acknowledge(policy, VENDOR_PERMISSIONS);
      limitSize(policy, 'grant less, or move statements to managedPolicies', permissions._vendors ? statements.length : undefined);
      managed.push(policy);
    }
    if (further.length > 0) {
      const policy = new ManagedPolicy(this, 'FurtherPermissions', { description: 'What Qualys connectors may read or not, beside what the vendor asks for.', statements: further });
      limitSize(policy, 'grant or deny less');
      managed.push(policy);
    }
    return managed;
  }
}

/** A known account in a StackSet's stack is the account of the stage. It would be in the external ID of every member account. */
function checkStackSet(role: ConnectorRole): void {
  const stack = Stack.of(role);
  if (standsInAnother(stack) && !Token.isUnresolved(stack.account)) {
    throw new Error(`${role.node.path} stands in the stack of a StackSet, ${stack.node.path}, whose account is ${stack.account}: that account would stand in the role of `
      + 'every member. Use a ConnectorRoleStackSet, or put the StackSet outside of a Stage with an env');
  }
}
