import { CfnOutput, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ConnectorProps } from './connector-props';
import { ConnectorVerification } from './connector-verification';
import { registrationAt } from '../private/base-account-places';
import { checkLine } from '../private/checks';
import { noteConnector } from '../private/connected-roles';
import { pollingMinutes } from './private/connector-checks';
import { servedResource } from '../private/handled-resource';
import { flag, SCHEMA_VERSION } from '../wire/common';
import { CONNECTOR_ATTRIBUTES, CONNECTOR_RESOURCE_TYPE, ConnectorProperties, OWNER_MARK } from '../wire/connector';
import { connectorHandler } from './private/connector-handler';
import { connectorScope } from './private/connector-scope';
import { connectorTarget } from './private/connector-target';
import { A_SERVICE, checkRequired, TEXT } from '../private/required';
import { inOneStage } from '../private/stacks';
import { trustEditorOf } from '../private/trust-editors';

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
    checkRequired(props, { service: A_SERVICE, name: TEXT });
    const { service, role, name, description, enabled = true, adoptExisting = false, verify = ConnectorVerification.fail() } = props;
    checkLine('name', name);
    if (description !== undefined) checkDescription(description);
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
    noteConnector(this, { apiServer: service.platform.apiServer, ...target });

    const connector = servedResource(this, 'Resource', {
      handler,
      resourceType: CONNECTOR_RESOURCE_TYPE,
      properties,
      removalPolicy: props.removalPolicy ?? RemovalPolicy.DESTROY,
      needs: [
        access,
        service.credentials._secret,
        registrationAt(this, { apiServer: service.platform.apiServer, accountType: accountType.name }),
        ...role && inOneStage(this, role) ? [role] : [],
        trustEditorOf(this, target.roleArn),
      ],
    });
    this.connectorId = connector.getAttString(CONNECTOR_ATTRIBUTES.connectorId);
    this.qualysAwsAccountId = connector.getAttString(CONNECTOR_ATTRIBUTES.qualysAwsAccountId);
    this.state = connector.getAttString(CONNECTOR_ATTRIBUTES.state);
    this.verification = connector.getAttString(CONNECTOR_ATTRIBUTES.verification);
    if (verify._mode === 'WARN') {
      new CfnOutput(this, 'Verification', {
        value: this.verification, description: `How the run of the Qualys connector ${name} ended`,
      });
    }
  }
}

function checkDescription(description: string): void {
  checkLine('description', description);
  if (description.includes(OWNER_MARK)) {
    throw new Error(`description must not hold '${OWNER_MARK}', by which the library tells at the service whose the connector is: `
      + 'leave that part out');
  }
}
