import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { AssumableRoles } from '../../../src/base-account/assumable-roles';
import { BaseAccount } from '../../../src/base-account/base-account';
import { QualysAccountLookup } from '../../../src/connector/qualys-account-lookup';
import { ConnectorRoleTrust } from '../../../src/role/connector-role-trust';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ExternalId } from '../../../src/service/external-id';
import { connect } from '../../support/apps/connectors';
import { newService, newStack, Synth } from '../../support/synth/synth';

const LOGS = ['BaseAccountRegistrationFunctionLogGroup', 'BaseAccountUserFunctionLogGroup', 'QualysConnectorFunctionLogGroup', 'TrustFunctionLogGroup'];

function logsWith(logRetention?: RetentionDays): Record<string, unknown> {
  const stack = newStack();
  const service = newService(stack);
  new BaseAccount(stack, 'BaseAccount', { service, title: 'Central Security', roles: AssumableRoles.named('QualysConnector'), logRetention });
  connect(stack, { logRetention });
  new QualysAccountLookup(stack, 'Lookup', { service, logRetention });
  new ConnectorRoleTrust(stack, 'Trust', {
    roleName: 'Elsewhere', trust: TrustPrincipal.baseAccount('111122223333'), externalId: ExternalId.of('83172650944188230571'), logRetention,
  });
  const result = new Synth(stack);
  const groups = result.names().filter((name) => result.resource(name).Type === 'AWS::Logs::LogGroup');
  return Object.fromEntries(groups.map((name) => [name, result.resource(name).Properties?.RetentionInDays]));
}

test.each<[RetentionDays | undefined, number | undefined]>([
  [undefined, 365], [RetentionDays.ONE_MONTH, 30], [RetentionDays.TEN_YEARS, 3653], [RetentionDays.INFINITE, undefined],
])(
  'logRetention %s keeps each log for %s days', (given, days) => {
    expect(logsWith(given)).toEqual(Object.fromEntries(LOGS.map((name) => [name, days])));
  });

test('connectors of a stack share a function, so that one of them may say it for all', () => {
  const stack = newStack();
  connect(stack, {}, 'Silent');
  connect(stack, { logRetention: RetentionDays.ONE_WEEK, roleArn: 'arn:aws:iam::222233334444:role/Other' }, 'Saying');
  expect(new Synth(stack).properties('QualysConnectorFunctionLogGroup').RetentionInDays).toBe(7);
});

test('and two of them cannot say two things', () => {
  const stack = newStack();
  connect(stack, { logRetention: RetentionDays.ONE_WEEK }, 'One');
  expect(() => connect(stack, { logRetention: RetentionDays.ONE_MONTH, roleArn: 'arn:aws:iam::222233334444:role/Other' }, 'Two'))
    .toThrow('Stack/Two has logRetention 30, but what stands before it in stack Stack has 7, and one function with one log serves all of them: give them the same, or put the constructs in another stack');
});
