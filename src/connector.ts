import { CfnOutput, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AccountType } from './account-type';
import { ActivationModule } from './activation-module';
import { ConnectorModule } from './connector-module';
import { ConnectorRole } from './connector-role';
import { ConnectorService } from './connector-service';
import { ConnectorVerification } from './connector-verification';
import { ExternalId } from './external-id';
import { noteConnector } from './private/connected-roles';
import { pollingMinutes } from './private/connector-checks';
import { CONNECTOR_ATTRIBUTES, CONNECTOR_RESOURCE_TYPE, ConnectorProperties, OWNER_MARK } from './private/connector-contract';
import { connectorHandler } from './private/connector-handler';
import { connectorScope } from './private/connector-scope';
import { connectorTarget } from './private/connector-target';
import { SCHEMA_VERSION } from './private/contract';
import { flag } from './private/flag';
import { A_SERVICE, checkGiven, TEXT } from './private/given';
import { servedResource } from './private/handled-resource';
import { checkLine } from './private/lines';
import { registrationOf } from './private/registered-types';
import { inOneStage } from './private/stack-order';
import { trustEditorOf } from './private/trusted-roles';

/** Properties of a {@link Connector}: `role`, or `roleArn` and `externalId`, is required. */
export interface ConnectorProps {
  /** The connector service of your subscription. */
  readonly service: ConnectorService;

  /**
   * The role that the connector assumes, with its external ID. One of another account or region needs a `roleName`, and its
   * stack an `env` with the account: CloudFormation hands no value from one account to another. Its stack is then deployed
   * before, and deleted after, unless it stands in another `Stage`.
   *
   * @default - the role of `roleArn`
   */
  readonly role?: ConnectorRole;

  /**
   * ARN of a role that another app made, or a person. Goes with `externalId`. A change makes a new connector. Where a
   * `ConnectorRoleTrust` of the same `Stage` edits that role, the connector comes after it.
   *
   * @default - the ARN of `role`
   */
  readonly roleArn?: string;

  /**
   * The external ID that the role's trust policy asks for; one for each account is that of the role's account. Given with
   * `role`, it is checked.
   *
   * @default - that of `role`
   */
  readonly externalId?: ExternalId;

  /**
   * Name of the connector at the service. Edited in place.
   *
   * 1 to 255 characters without line breaks and control characters, and no secret; the vendor documents no limit, so this
   * one is the library's.
   */
  readonly name: string;

  /**
   * Description at the service, with the limits of `name`; the library adds which stack the connector belongs to.
   *
   * @default - none of its own: what a person wrote there stays
   */
  readonly description?: string;

  /**
   * Account type. It cannot be edited at the service: a change makes a new connector.
   *
   * @default - that of the role's partition; where it is not known at synth, that of the stack's region, and else `GLOBAL`
   */
  readonly accountType?: AccountType;

  /**
   * The apps of the service that the connector feeds, at least one. Not for China.
   *
   * @default - what the permissions of `role` are for: with `ConnectorPermissions.securityPosture()` all three, otherwise Asset Inventory
   */
  readonly modules?: ConnectorModule[];

  /**
   * The modules that are activated for what the connector finds. An empty list activates none; that the service takes one is
   * inferred from its other lists. Not for China.
   *
   * @default - not sent: what is activated at the service stays as it is
   */
  readonly activation?: ActivationModule[];

  /**
   * Codes of the regions that are read, e.g. `eu-central-1`, at least one and all of the account type's partition. Not for
   * China. One that is newer than your aws-cdk-lib is unknown.
   *
   * @default - all regions
   */
  readonly regions?: string[];

  /**
   * Time between two runs, whole minutes from 1 to 24 hours. The vendor advises 4 hours or more, as AWS throttles its readers.
   *
   * @default Duration.hours(4)
   */
  readonly polling?: Duration;

  /**
   * Whether the connector runs. One that does not is not verified.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Whether a connector of the same role that the service has already may be taken over. Without, one lets the deployment
   * fail with its ID. One that was taken over stays when this construct is removed.
   *
   * @default false
   */
  readonly adoptExisting?: boolean;

  /**
   * Whether the connector is run when it was made or changed, and what becomes of the deployment when that ends in an error.
   *
   * @default ConnectorVerification.fail()
   */
  readonly verify?: ConnectorVerification;

  /**
   * What becomes of the connector when it is removed from the stack or the stack is deleted.
   *
   * By default it is deleted: it is a record that nobody else uses, and one whose role is gone with its stack would go on
   * failing. What the service has found with it is the service's matter. A connector that was taken over is never deleted.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * A connector at the service, kept equal to the code: the record that lets Qualys read one AWS account through a role.
 *
 * It stands in the account that holds the service's credentials, whatever account the role is in. All connectors of a stack
 * share one function and its rights, so that a stack takes a few hundred of them (AWS allows 500 resources). They are made
 * after the role and after the base account of their account type in the same `Stage`, and deleted before them.
 *
 * Throws for a role that is given twice or not at all, an ARN that is none or of another partition than the account type, an
 * external ID other than the role's, a second connector of one role on one platform in one `Stage`, for names, regions and times
 * that cannot be, and for a service with another network than the stack's other connectors have. For China it throws for
 * `modules`, `activation` and `regions`: only the older CloudView API is documented to write such a connector, and it takes none.
 *
 * Vendor page: "Create AWS Connector" of the Connectors API 3.0 (docs.qualys.com).
 *
 * @example
 * const role = new ConnectorRole(production, 'ConnectorRole', {
 *   roleName: 'QualysConnector',
 *   trust: TrustPrincipal.ofUser(baseAccount.user),
 *   externalId: ExternalId.perAccount('8317265094418823'),
 *   permissions: ConnectorPermissions.securityPosture(),
 * });
 * new Connector(this, 'Production', { service, role, name: 'Production', polling: Duration.hours(6) });
 */
export class Connector extends Construct {
  /** ID of the connector at the service. */
  public readonly connectorId: string;

  /** ID of the AWS account that the service assumes the role from, 12 digits. As of the last deployment. */
  public readonly qualysAwsAccountId: string;

  /** State of the connector in the service's word, e.g. `FINISHED_SUCCESS`. As of the last deployment. */
  public readonly state: string;

  /** In words: what the run proved, or why it failed. As of the last deployment. */
  public readonly verification: string;

  public constructor(scope: Construct, id: string, props: ConnectorProps) {
    super(scope, id);
    checkGiven(props, { service: A_SERVICE, name: TEXT });
    const { service, role, name, description, enabled = true, adoptExisting = false, verify = ConnectorVerification.fail() } = props;
    checkLine('name', name);
    if (description !== undefined) { checkDescription(description); }
    const target = connectorTarget(this, props);
    const { accountType } = target;
    const properties: ConnectorProperties = {
      SchemaVersion: SCHEMA_VERSION,
      Service: service._properties(),
      AccountType: accountType._name,
      Name: name,
      Description: description,
      RoleArn: target.roleArn,
      ExternalId: target.externalId,
      ...connectorScope(props, accountType),
      PollingMinutes: pollingMinutes(props.polling ?? Duration.hours(4)),
      Enabled: flag(enabled),
      AdoptExisting: flag(adoptExisting),
      Verification: verify._mode,
    };
    const { handler, access } = connectorHandler(this, service);
    noteConnector(this, service.platform, target);

    const connector = servedResource(this, 'Resource', {
      handler,
      resourceType: CONNECTOR_RESOURCE_TYPE,
      properties,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.DESTROY,
      needs: [
        access,
        service.credentials._secret,
        registrationOf(this, service.platform, accountType),
        ...role && inOneStage(this, role) ? [role] : [],
        trustEditorOf(this, target.roleArn),
      ],
    });
    this.connectorId = connector.getAttString(CONNECTOR_ATTRIBUTES.connectorId);
    this.qualysAwsAccountId = connector.getAttString(CONNECTOR_ATTRIBUTES.qualysAwsAccountId);
    this.state = connector.getAttString(CONNECTOR_ATTRIBUTES.state);
    this.verification = connector.getAttString(CONNECTOR_ATTRIBUTES.verification);
    if (verify._mode === 'WARN') {
      new CfnOutput(this, 'Verification', { value: this.verification, description: `How the run of the Qualys connector ${name} ended` });
    }
  }
}

function checkDescription(description: string): void {
  checkLine('description', description);
  if (description.includes(OWNER_MARK)) {
    throw new Error(`description must not hold '${OWNER_MARK}', by which the library tells at the service whose the connector is: leave that part out`);
  }
}
