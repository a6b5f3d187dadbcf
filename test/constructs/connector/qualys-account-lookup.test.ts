import { App, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { QualysAccountLookup } from '../../../src/connector/qualys-account-lookup';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { AccountType } from '../../../src/service/account-type';
import { newRole } from '../../support/apps/connectors';
import { CONNECTED_ACCOUNT } from '../../support/synth/policies';
import { newService, newStack, plain, Synth } from '../../support/synth/synth';

function lookUp(stack: Stack, accountType?: AccountType): QualysAccountLookup {
  return new QualysAccountLookup(stack, 'Lookup', { service: newService(stack), accountType });
}

test('the resource has exactly the contract\'s properties', () => {
  const stack = newStack();
  lookUp(stack);
  const result = new Synth(stack);
  const { Type, DeletionPolicy } = result.resource('Lookup');
  expect([Type, DeletionPolicy]).toEqual(['Custom::QualysAccountLookup', 'Delete']);
  expect(result.properties('Lookup')).toEqual({
    ServiceToken: '${QualysConnectorFunction.Arn}',
    ServiceTimeout: '3300',
    SchemaVersion: '1',
    Service: {
      ApiServer: 'https://qualysapi.qg2.apps.qualys.com',
      Gateway: 'https://gateway.qg2.apps.qualys.com',
      PlatformUrl: 'https://qualysguard.qg2.apps.qualys.com',
      Authentication: 'BASIC',
      CredentialsSecretArn: 'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:qualys/api-user',
    },
    AccountType: 'GLOBAL',
  });
});

test.each([
  ['us-gov-west-1', undefined, 'US_GOVCLOUD'], [undefined, undefined, 'GLOBAL'], ['us-east-1', AccountType.US_GOVCLOUD, 'US_GOVCLOUD'],
])('in region %s, given %s, the account type is %s', (region, given, name) => {
  const stack = newStack(region);
  lookUp(stack, given);
  expect(new Synth(stack).properties('Lookup').AccountType).toBe(name);
});

test.each([['cn-north-1', undefined], [undefined, AccountType.CHINA]])('in region %s, given %s, there is nothing to look up: Qualys has no account in China', (region, given) => {
  expect(() => lookUp(newStack(region), given))
    .toThrow('accountType of Stack/Lookup must be GLOBAL or US_GOVCLOUD, got CHINA: Qualys has no AWS account there. Register a base account, and trust that one');
});

test('credentials made by the app outlive it', () => {
  const stack = newStack();
  new Secret(stack, 'ApiUser');
  lookUp(stack);
  expect(new Synth(stack).needs('Lookup')).toEqual(expect.arrayContaining(['ApiUser', 'QualysConnectorFunctionExecution']));
});

describe('a role that trusts what was found', () => {
  const trusting = (stack: Stack, { accountId }: QualysAccountLookup) => newRole(stack, { trust: TrustPrincipal.qualysAccount({ accountId }) });

  test('in the same stack waits for the lookup', () => {
    const stack = newStack('us-gov-west-1');
    trusting(stack, lookUp(stack));
    const result = new Synth(stack);
    expect(result.properties('Role').AssumeRolePolicyDocument.Statement[0].Principal.AWS).toBe('arn:${AWS::Partition}:iam::${Lookup.AccountId}:root');
    expect(result.needs('Role')).toContain('Lookup');
  });

  test('in another stack of the same environment reads it', () => {
    const app = new App();
    const [one, two] = [newStack('us-east-1', app, 'One'), newStack('us-east-1', app, 'Two')];
    trusting(two, lookUp(one));
    expect(new Synth(two).properties('Role').AssumeRolePolicyDocument.Statement[0].Principal.AWS).toContain('${from One: FnGetAttLookupAccountId}');
    expect(two.dependencies).toEqual([one]);
  });

  test('in another account cannot, and the error says what to do', () => {
    const app = new App();
    const lookup = lookUp(newStack('us-east-1', app, 'Security'));
    expect(() => trusting(new Stack(app, 'Production', { env: { account: CONNECTED_ACCOUNT, region: 'us-east-1' } }), lookup))
      .toThrow(new RegExp('^accountId of TrustPrincipal.qualysAccount\\(\\) must be known to Production/Role in aws://222233334444/us-east-1, but it is a value of Security/Lookup'
        + '\\S* in aws://111122223333/us-east-1, and a role would have to be trusted to read it from there: write the ID as a text, or make a QualysAccountLookup in the role\'s stack$'));
  });
});

test('the attribute', () => {
  const stack = newStack();
  expect(plain(stack.resolve(lookUp(stack).accountId))).toBe('${Lookup.AccountId}');
});
