import { Template } from 'aws-cdk-lib/assertions';
import { QualysAccountLookup } from '../../../src/connector/qualys-account-lookup';
import { connect } from '../../support/connectors';
import { may } from '../../support/may';
import { deployed, Place, PLACES, PLACES_OF_QUALYS, Policy, stackIn } from '../../support/policies';
import { newService } from '../../support/synth';

/** The rights of the function of connectors and lookups besides its log, as they stand after a deployment to `place`. */
function policiesOf(place: Place): Policy[] {
  const stack = stackIn(place);
  connect(stack, { roleArn: `arn:${place.partition}:iam::${place.accountId}:role/QualysConnector` });
  if (PLACES_OF_QUALYS.includes(place)) new QualysAccountLookup(stack, 'Lookup', { service: newService(stack) });
  const template = Template.fromStack(stack);
  return Object.entries(template.findResources('AWS::IAM::ManagedPolicy'))
    .filter(([id]) => !id.includes('Execution'))
    .map(([, { Properties }]) => deployed(Properties.PolicyDocument, template.toJSON(), place) as Policy);
}

describe.each(PLACES)('in partition $partition the function of the connectors (fault 75)', (place) => {
  const { partition, region, accountId } = place;
  const secret = (name: string) => `arn:${partition}:secretsmanager:${region}:${accountId}:secret:${name}`;
  const policies = policiesOf(place);
  const READ = 'secretsmanager:GetSecretValue';

  test('may read its credentials, and no other secret', async () => {
    expect(await may(place, policies, READ, secret('qualys/api-user-AbCdEf'))).toBe(true);
    for (const name of ['qualys/api-user-two-AbCdEf', 'qualys/api-user', 'qualys/key-AbCdEf', 'qualys/api-user-AbCdEfG']) expect(await may(place, policies, READ, secret(name))).toBe(false);

  });

  test('may do nothing else to them', async () => {
    for (const name of ['DescribeSecret', 'PutSecretValue', 'UpdateSecret', 'DeleteSecret', 'TagResource', 'PutResourcePolicy']) expect(await may(place, policies, `secretsmanager:${name}`, secret('qualys/api-user-AbCdEf'))).toBe(false);

  });

  test('may neither assume nor read the role that it connects', async () => {
    for (const action of ['sts:AssumeRole', 'iam:GetRole', 'iam:UpdateAssumeRolePolicy', 'iam:PassRole']) expect(await may(place, policies, action, `arn:${partition}:iam::${accountId}:role/QualysConnector`)).toBe(false);

  });
});
