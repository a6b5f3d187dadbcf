import { App, Stack } from 'aws-cdk-lib';
import { ConnectorRoleTrust, ExternalId, TrustPrincipal } from 'cdk-qualys-connectors';

/** The trust of a role that a person made, as the context says. */
const app = new App();
const stack = new Stack(app, 'Trust');
const qualys = TrustPrincipal.qualysAccount();
const base = TrustPrincipal.baseAccount('111111111111', { userName: 'base' });
new ConnectorRoleTrust(stack, app.node.tryGetContext('name') ?? 'Trust', {
  roleName: 'qualys-cspm-read-only',
  path: '/security/',
  trust: { qualys, both: TrustPrincipal.anyOf(qualys, base), base }[app.node.getContext('trust') as 'qualys' | 'both' | 'base'],
  externalId: ExternalId.of(app.node.getContext('externalId')),
});
