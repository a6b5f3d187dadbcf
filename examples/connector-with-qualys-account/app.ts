import { App, CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import {
  Connector, ConnectorPermissions, ConnectorRole, ConnectorService, ConnectorVerification, ExternalId, QualysAccountLookup, QualysCredentials,
  QualysPlatform, TrustPrincipal,
} from 'cdk-qualys-connectors';

/* One account, connected without a base account: its role trusts the AWS account that the service itself calls from. */
const app = new App();
const stack = new Stack(app, 'QualysConnector');

const service = new ConnectorService({
  platform: QualysPlatform.EU_2,
  // The secret stands already, as JSON with username and password of an API user with full scope.
  credentials: QualysCredentials.basic(Secret.fromSecretNameV2(stack, 'ApiUser', 'qualys/api-user')),
});

// Asked when the stack is deployed. On a shared platform in commercial regions qualysAccount() alone does.
const qualys = new QualysAccountLookup(stack, 'QualysAccount', { service });

const role = new ConnectorRole(stack, 'ConnectorRole', {
  trust: TrustPrincipal.qualysAccount({ accountId: qualys.accountId }),
  // Every customer's connectors come from that account, so it has to be one that nobody guesses.
  externalId: ExternalId.of(app.node.getContext('externalId')),
  permissions: ConnectorPermissions.assetInventory(),
});

const connector = new Connector(stack, 'Connector', {
  service,
  role,
  name: 'Production',
  regions: ['eu-central-1', 'eu-west-1'],
  pollingInterval: Duration.hours(6),
  // A run that fails does not fail the deployment; what became of it stands in an output.
  verify: ConnectorVerification.warn(),
});
new CfnOutput(stack, 'VerificationResult', { value: connector.verificationResult, description: 'How the run of the connector ended' });
new CfnOutput(stack, 'ConnectorId', { value: connector.connectorId });
new CfnOutput(stack, 'QualysAccountId', { value: connector.qualysAccountId, description: 'The account that the service assumes the role from' });
