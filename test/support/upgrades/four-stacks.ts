import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { newService } from './base-apps';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccountRegistration } from '../../../src/base-account/base-account-registration';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { Connector } from '../../../src/connector/connector';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { ConnectorRole } from '../../../src/role/connector-role';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ExternalId } from '../../../src/service/external-id';
import { appWithoutFlags } from '../synth/world';

/** Whether names of user and role are given in code. */
export const NAMINGS = ['named', 'unnamed'] as const;
export type Naming = typeof NAMINGS[number];

/** As it is once after all of them were deployed, and as people change it then. */
export interface Phase {
  /** Whom the role trusts; the user unless given. */
  readonly trust?: TrustPrincipal;
}

/**
 * An app of four stacks in one account, and a fifth of its user's own that reads what there is to read. Which of them are strong references, the
 * day decides on which it was built: what is in it is frozen.
 */
export function fourStacks(naming: Naming, { trust }: Phase = {}): App {
  const app = appWithoutFlags();
  const stack = (id: string) => new Stack(app, id, { env: { account: '111111111111', region: 'us-east-1' } });
  const isNamed = naming === 'named';
  const user = new BaseAccountUser(stack('Users'), 'User', {
    ...isNamed && { userName: 'qualys-base-account', path: '/security/' }, roles: AssumableRoles.named('Qualys*'),
  });
  const entries = stack('Entries');
  new BaseAccountRegistration(entries, 'Entry', { service: newService(entries), user, title: 'Central Security' });
  const role = new ConnectorRole(stack('Roles'), 'Role', {
    ...isNamed && { roleName: 'QualysConnector' },
    trust: trust ?? TrustPrincipal.ofUser(user),
    externalId: ExternalId.of('83172650944188230571'),
    permissions: ConnectorPermissions.assetInventory(),
  });
  const connectors = stack('Connectors');
  new Connector(connectors, 'Connector', { service: newService(connectors), role, name: 'Production' });
  const reader = stack('Reader');
  const values = { UserArn: user.userArn, UserName: user.userName, RoleArn: role.roleArn, RoleName: role.roleName };
  Object.entries(values).forEach(([name, stringValue]) => new StringParameter(reader, name, { stringValue }));
  return app;
}

export interface StackTemplate {
  readonly Resources: object;
  readonly Outputs?: Readonly<Record<string, { readonly Export?: { readonly Name: string } }>>;
}

/** The templates by their stacks, in the order of their deployment, without what changes with every edit of a handler. */
export function templatesOf(app: App): ReadonlyMap<string, StackTemplate> {
  const ordered = app.synth().stacks.map(({ id }) => app.node.findChild(id) as Stack);
  return new Map(ordered.map((stack) => [stack.node.id, JSON.parse(JSON.stringify(Template.fromStack(stack).toJSON()).replace(/[0-9a-f]{64}/g, '<hash>'))]));
}
