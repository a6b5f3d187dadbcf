import { App, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccountUser } from '../../../src/base-account/base-account-user';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { connect, newRole } from '../../support/apps/connectors';

/* Some constructs of the library have a fixed ID in their stack, so that all find them. Where a user's construct has it, the error says so. */
const MAKERS: ReadonlyArray<[string, (stack: Stack) => unknown]> = [
  ['QualysConnectorFunction', (stack) => connect(stack)],
  ['QualysConnectorAccess', (stack) => connect(stack)],
  ['QualysConnectorNotes', (stack) => connect(stack)],
  ['ConfirmCommand', (stack) => new BaseAccountUser(stack, 'User', { roles: AssumableRoles.named('QualysConnector') })],
  ['QualysAccounts', (stack) => newRole(stack, { trust: TrustPrincipal.qualysAccount() })],
];

test.each(MAKERS)('%s, where the user has one', (id, make) => {
  const stack = new Stack(new App(), 'Stack');
  new Construct(stack, id);
  expect(() => make(stack)).toThrow(`Stack/${id} has the ID '${id}', which cdk-qualys-connectors needs in Stack for a construct of its own: give yours another ID`);
});

test.each(MAKERS)('%s, where the user makes one later', (id, make) => {
  const stack = new Stack(new App(), 'Stack');
  make(stack);
  expect(() => new Construct(stack, id)).toThrow(`already a Construct with name '${id}'`);
});

test('those are all: no other construct of the library stands directly in the stack', () => {
  const stack = new Stack(new App(), 'Stack');
  MAKERS.forEach(([id, make]) => { if (stack.node.tryFindChild(id) === undefined) make(stack); });
  const made = ['Connector', 'ConnectorRole', 'ApiUser', 'User', 'Role'];
  expect(stack.node.children.map(({ node }) => node.id).filter((id) => !made.includes(id)).sort()).toEqual(MAKERS.map(([id]) => id).sort());
});
