import { Template } from 'aws-cdk-lib/assertions';
import { QualysAccountLookup } from '../../../src/connector/qualys-account-lookup';
import { connect } from '../../support/apps/connectors';
import { may } from '../../support/synth/may';
import { deployed, Place, PLACES, PLACES_OF_QUALYS, Policy, STACK_NAME, stackIn } from '../../support/synth/policies';
import { newService } from '../../support/synth/synth';

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

  test('may keep the notes of its stack and platform, and read no others', async () => {
    const parameter = (name: string) => `arn:${partition}:ssm:${region}:${accountId}:parameter/cdk-qualys-connectors/${name}`;
    const folder = `connector/${STACK_NAME}/qualysapi.qg2.apps.qualys.com`;
    for (const action of ['GetParameter', 'PutParameter', 'DeleteParameter']) expect([action, await may(place, policies, `ssm:${action}`, parameter(`${folder}/Connector`))]).toEqual([action, true]);
    expect(await may(place, policies, 'ssm:GetParametersByPath', parameter(folder))).toBe(true);

    const others = [
      `connector/${STACK_NAME}2/qualysapi.qg2.apps.qualys.com/Connector`, `connector/${STACK_NAME}/qualysapi.qg2.apps.qualys.com2/Connector`,
      `connector/${STACK_NAME}/qualysapi.qualys.eu/Connector`, 'connector/Connector', 'base-account/qualysapi.qg2.apps.qualys.com/GLOBAL', 'role-trust/QualysConnector',
    ];
    for (const action of ['GetParameter', 'PutParameter', 'DeleteParameter', 'GetParametersByPath']) for (const name of others) expect([action, name, await may(place, policies, `ssm:${action}`, parameter(name))]).toEqual([action, name, false]);
  });

  test('may neither assume nor read the role that it connects', async () => {
    for (const action of ['sts:AssumeRole', 'iam:GetRole', 'iam:UpdateAssumeRolePolicy', 'iam:PassRole']) expect(await may(place, policies, action, `arn:${partition}:iam::${accountId}:role/QualysConnector`)).toBe(false);

  });
});
