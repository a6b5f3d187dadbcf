import { CfnResource, RemovalPolicy } from 'aws-cdk-lib';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ConnectorProps } from './connector-props';
import { ConnectorVerification } from './connector-verification';
import { connectorHandler } from './private/connector-handler';
import { notesAccess } from './private/connector-notes';
import { connectorSettings } from './private/connector-settings';
import { connectorTarget } from './private/connector-target';
import { registrationAt } from '../private/base-account-places';
import { checkLine } from '../private/checks';
import { servedResource } from '../private/handled-resource';
import { A_ROLE, A_SERVICE, checkRequired, TEXT } from '../private/required';
import { noteConnector, trustEditorOf } from '../private/taken-roles';
import { flag, SCHEMA_VERSION } from '../wire/common';
import { CONNECTOR_ATTRIBUTES, CONNECTOR_RESOURCE_TYPE, ConnectorProperties, OWNER_MARK } from '../wire/connector';

/**
 * A connector at the service, kept equal to the code. It lets Qualys read one AWS account through a role.
 *
 * Put it into the account that has the service's credentials; the role may be in another account. All connectors of a stack share one
 * function and its rights, so a stack has room for a few hundred (AWS allows 500 resources). In the same `Stage` they are made after their
 * role and after the base account of their account type, and deleted before them.
 *
 * In China only the older CloudView API is documented to write connectors. It takes neither `modules`, `activationModules`, `regions`,
 * `defaultTags` nor `perimeterScan`.
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
 * new Connector(this, 'Production', { service, role, name: 'Production', pollingInterval: Duration.hours(6) });
 */
export class Connector extends Construct {
  /** ID of the connector at the service. */
  public readonly connectorId: string;

  /** ID of the AWS account that the service assumes the role from, 12 digits. The value is that of the last deployment. */
  public readonly qualysAccountId: string;

  /** State of the connector as the service names it, e.g. `FINISHED_SUCCESS`. The value is that of the last deployment. */
  public readonly connectorState: string;

  /** Result of the run in words: what it proved, or why it failed. The value is that of the last deployment. */
  public readonly verificationResult: string;

  /** The function that serves all connectors of the stack. */
  public readonly handler: IFunction;

  /**
   * Makes the connector.
   *
   * Throws for
   *
   * - a role whose ARN cannot be known here, or is of another partition than the account type;
   * - a second connector of one role on one platform in one `Stage`;
   * - names, regions and times that the service does not take;
   * - a service with another network, or a log retention, than the stack's other connectors have.
   *
   * @param scope the construct that contains this one
   * @param id an ID that is unique in `scope`; logical IDs contain it, so a change of it replaces the resources
   * @param props the role to connect, and the settings of the connector
   */
  public constructor(scope: Construct, id: string, props: ConnectorProps) {
    super(scope, id);
    checkRequired(props, { service: A_SERVICE, role: A_ROLE, name: TEXT });
    const { service, role, name, description, enabled = true, verify = ConnectorVerification.fail() } = props;
    checkLine('name', name);
    if (description !== undefined) checkDescription(description);
    const target = connectorTarget(this, role, props.accountType);
    const { accountType } = target;
    const { AdoptExisting, ...settings } = connectorSettings(this, props, service, accountType, target.modules);
    const properties: ConnectorProperties = {
      SchemaVersion: SCHEMA_VERSION,
      Service: service._properties(),
      AccountType: accountType._name,
      Name: name,
      Description: description,
      RoleArn: target.roleArn,
      ExternalId: target.externalId,
      ...settings,
      Enabled: flag(enabled),
      AdoptExisting,
      Verification: verify._mode,
    };
    const { handler, access } = connectorHandler(this, service, props.logRetention);
    this.handler = handler.function;
    const place = { apiServer: service.platform.apiServer, accountType: accountType.name };
    handler.connect(place);
    noteConnector(this, { apiServer: service.platform.apiServer, ...target });

    const connector = servedResource(this, 'Resource', {
      handler,
      resourceType: CONNECTOR_RESOURCE_TYPE,
      properties,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.DESTROY,
      needs: [
        access,
        notesAccess(this, handler, service.platform),
        service.credentials._secret,
        registrationAt(this, place),
        role,
        trustEditorOf(this, target.roleArn),
      ],
    });
    this.node.defaultChild = connector.node.defaultChild;
    if (!enabled) handler.disable(place, connector.node.defaultChild as CfnResource);
    this.connectorId = connector.getAttString(CONNECTOR_ATTRIBUTES.connectorId);
    this.qualysAccountId = connector.getAttString(CONNECTOR_ATTRIBUTES.qualysAccountId);
    this.connectorState = connector.getAttString(CONNECTOR_ATTRIBUTES.connectorState);
    this.verificationResult = connector.getAttString(CONNECTOR_ATTRIBUTES.verificationResult);
  }
}

function checkDescription(description: string): void {
  checkLine('description', description);
  if (description.includes(OWNER_MARK)) throw new Error(`description must not hold '${OWNER_MARK}', by which the library tells at the service whose the connector is: leave that part out`);

}
