import { MAXIMUM_ANSWER_BYTES } from '../../../lambda/runtime/answer';
import { awsError } from '../../support/fake-aws/account';
import { BASE, EXTERNAL_ID, QUALYS, ROLE_NAME } from '../../support/stage/apps/role-trust';
import { documentOf, ORIGINAL, RoleTrustStage, SOMEBODY, VENDOR } from '../../support/stage/role-trust-stage';

let stage: RoleTrustStage;
beforeEach(() => { stage = new RoleTrustStage(); });

const nothingWasDone = (document = ORIGINAL) => (
  expect([stage.stack.status, stage.document, stage.role.written, stage.world.aws.parameters.size]).toEqual(['ROLLBACK_COMPLETE', document, [], 0]));

const condition = (test: string) => `"Condition":{${test}}`;
const allow = (principal: string, rest: string, action = '"sts:AssumeRole"') => `{"Effect":"Allow","Principal":{"AWS":${principal}},"Action":${action}${rest && `,${rest}`}}`;
const ours = condition(`"StringEquals":{"sts:ExternalId":"${EXTERNAL_ID}"}`);
const qualys = `"arn:aws:iam::${QUALYS}:root"`;

test.each<[string, string, string]>([
  ['no document', '', 'does not have the form'],
  ['no JSON', '{"Statement":', 'does not have the form'],
  ['no object', '[]', 'does not have the form'],
  ['no statement', '{"Version":"2012-10-17","Statement":[]}', 'no statement of its trust policy lets the connector service in'],
  ['a key that stands twice', `{"Statement":[${SOMEBODY}],"Statement":[${VENDOR}]}`, 'no key twice'],
  ['a key that stands twice in a statement', documentOf(VENDOR.replace('{"Effect"', '{"Effect":"Deny","Effect"')), 'no key twice'],
  ['a key that IAM does not have', documentOf(VENDOR.replace('{"Effect"', '{"Resource":"*","Effect"')), 'does not have the form'],
  ['a key beside the statements', `{"Statement":[${VENDOR}],"Note":1}`, 'does not have the form'],
  ['nested too deeply', documentOf(`${'['.repeat(9999)}${']'.repeat(9999)}`), 'does not have the form'],
  ['a Deny', documentOf(VENDOR, SOMEBODY.replace('Allow', 'Deny')), "statement 2 ('Audit') of its trust policy has a Deny. Whom the role lets in cannot be told"],
  ['a NotPrincipal', documentOf(VENDOR, SOMEBODY.replace('"Principal"', '"NotPrincipal"')), 'has a NotPrincipal'],
  ['a NotAction', documentOf(VENDOR, SOMEBODY.replace('"Action"', '"NotAction"')), 'has a NotAction'],
  ['no principal', documentOf(VENDOR, '{"Effect":"Allow","Action":"sts:AssumeRole"}'), 'has no principal'],
  ['an empty principal', documentOf(allow('[]', ours)), 'has no principal'],
  ['everybody', documentOf(VENDOR, '{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}'), 'has a wildcard principal'],
  ['every account', documentOf(VENDOR, allow('"*"', '')), 'has a wildcard principal'],
  ['a wildcard in an ARN', documentOf(VENDOR, allow('["arn:aws:iam::*:root"]', '')), 'has a wildcard principal'],
  ['nobody of the service', documentOf(SOMEBODY), `none allows sts:AssumeRole to ${QUALYS}, ${BASE} with the external ID ${EXTERNAL_ID}; it trusts ec2.amazonaws.com. Give`],
  ['the service without external ID', documentOf(allow(qualys, '')), `names arn:aws:iam::${QUALYS}:root without an external ID. A statement for the connector service has to`],
  ['the service with another external ID', documentOf(allow(qualys, condition('"StringEquals":{"sts:ExternalId":"another"}'))), 'with the external ID under stringequals another'],
  ['the service with more than one external ID', documentOf(allow(qualys, condition(`"StringEquals":{"sts:ExternalId":["${EXTERNAL_ID}","b"]}`))), `stringequals ${EXTERNAL_ID}, b`],
  ['StringLike', documentOf(allow(qualys, condition(`"StringLike":{"sts:ExternalId":"${EXTERNAL_ID}"}`))), `under stringlike ${EXTERNAL_ID}`],
  ['StringEqualsIfExists', documentOf(allow(qualys, condition(`"StringEqualsIfExists":{"sts:ExternalId":"${EXTERNAL_ID}"}`))), 'under stringequalsifexists'],
  ['two tests of the external ID', documentOf(allow(qualys, condition(`"StringEquals":{"sts:ExternalId":"${EXTERNAL_ID}"},"StringNotEquals":{"sts:ExternalId":"x"}`))), 'stringnotequals x'],
  ['a user of the service beside the statement', documentOf(VENDOR, allow(`"arn:aws:iam::${BASE}:user/somebody"`, '')), 'user/somebody without an external ID'],
  ['our external ID for an unknown account', documentOf(VENDOR, allow('"999988887777"', ours)), 'statement 2 of its trust policy asks for the external ID of the connector, but names 999988887777. If that is the connector service, put its account into'],
  ['our external ID for an unknown account, under StringLike', documentOf(VENDOR, allow('"999988887777"', condition(`"StringLike":{"sts:ExternalId":"${EXTERNAL_ID}"}`))), 'names 999988887777 with'],
  ['the service beside others', documentOf(allow(`[${qualys},"999988887777"]`, ours)), 'names 999988887777 beside the connector service. Make two statements of it'],
  ['the service beside an AWS service', documentOf(VENDOR.replace('"Principal":{', '"Principal":{"Service":"ec2.amazonaws.com",')), 'names ec2.amazonaws.com beside the connector service'],
  ['the account under another kind of principal', documentOf(VENDOR.replace('"AWS"', '"Federated"')), 'but names arn:aws:iam::805950163170:root. If that is'],
  ['further conditions', documentOf(allow(qualys, condition(`"StringEquals":{"sts:ExternalId":"${EXTERNAL_ID}","aws:SourceAccount":"1"},"IpAddress":{"aws:SourceIp":"192.0.2.0/24"}`))), 'has further conditions, stringequals aws:sourceaccount, ipaddress aws:sourceip. They would be lost'],
  ['a negative condition on the caller', documentOf(allow(qualys, condition(`"StringEquals":{"sts:ExternalId":"${EXTERNAL_ID}"},"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::${QUALYS}:user/x"}`))), 'arnnotlike aws:principalarn'],
  ['all actions', documentOf(allow(qualys, ours, '"sts:*"')), 'lets the connector service do sts:*. It has to allow sts:AssumeRole'],
  ['other actions', documentOf(allow(qualys, ours, '["sts:AssumeRole","sts:AssumeRoleWithSAML"]')), 'lets the connector service do sts:AssumeRole, sts:AssumeRoleWithSAML'],
  ['tags alone', documentOf(allow(qualys, ours, '["sts:TagSession"]')), 'lets the connector service do sts:TagSession'],
  ['no action', documentOf(allow(qualys, ours).replace(',"Action":"sts:AssumeRole"', '')), 'lets the connector service do nothing'],
  ['our name for a statement of another', documentOf(VENDOR, SOMEBODY.replace('Audit', 'BaseAccount')), "statement 2 of its trust policy is called 'BaseAccount'"],
  ['no room', documentOf(VENDOR, SOMEBODY.replace('"ec2.amazonaws.com"', Array.from({ length: 100 }, (_, i) => `"ec2-${i}.amazonaws.com"`).join())), 'Cannot exceed quota for ACLSizePerRole: 2048'],
])('refuses %s, says so in one sentence or two, and changes nothing', async (_, document, message) => {
  stage = new RoleTrustStage({ document });
  await stage.deploy();
  const answer = stage.world.answers.puts[0]!;
  expect(answer.Reason).toMatch(/^the role QualysCSPMReadOnlyRole was not changed: /);
  expect(answer.Reason).toContain(message);
  expect(answer.Reason!.length).toBeLessThan(700);
  expect(JSON.stringify(answer).length).toBeLessThan(MAXIMUM_ANSWER_BYTES);
  nothingWasDone(document);
});

test('a document that leaves no room is for IAM to judge: the quota can be raised', async () => {
  stage = new RoleTrustStage({ document: documentOf(...Array.from({ length: 12 }, () => VENDOR)) });
  expect(await stage.deploy()).toBe('CREATE_COMPLETE');
});

test('a role that does not exist', async () => {
  stage.roles.delete(ROLE_NAME);
  expect(await stage.deploy()).toBe('ROLLBACK_COMPLETE');
  expect(stage.failure).toContain('was not changed: there is no such role in account 111111111111. Give the name of a role that exists, without its path');
  expect(stage.world.aws.parameters.size).toBe(0);
});

describe('what IAM refuses', () => {
  test.each([
    [{ name: 'MalformedPolicyDocumentException', message: 'Invalid principal in policy' }, 'IAM does not take the new trust policy. The account that it names does not exist (yet)'],
    [{ name: 'UnmodifiableEntityException', message: 'service-linked' }, 'only the AWS service that made it can edit its trust policy. IAM says: service-linked'],
    [{ name: 'LimitExceededException', message: 'ACLSizePerRole' }, 'IAM says: ACLSizePerRole'],
    [{ name: 'NoSuchEntityException', message: 'gone' }, 'it was deleted meanwhile'],
    [{ name: 'ThrottlingException', message: 'Rate exceeded' }, 'in the step'],
  ])('%j leaves no trace', async ({ name, message }, told) => {
    const { aws } = stage.world;
    const answer = aws.answer.bind(aws);
    aws.answer = (service, action, input, caller) => {
      if (action === 'UpdateAssumeRolePolicy') throw awsError(name, message);
      return answer(service, action, input, caller);
    };
    await stage.deploy();
    expect(stage.failure).toContain(told);
    nothingWasDone();
  });

  test('an account that does not exist fails the update, and its rollback has nothing to do', async () => {
    await stage.deploy({ trust: 'qualys' });
    const { document } = stage;
    stage.roles.unknownAccounts.add(BASE);
    expect(await stage.deploy({ trust: 'both' })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(stage.failure).toContain(`IAM says: Invalid principal in policy: "AWS":"arn:aws:iam::${BASE}:root"`);
    expect([stage.document, stage.role.written.length]).toEqual([document, 1]);
  });

  test('a right on a role of another path is told with the path that may be wrong', async () => {
    stage.roles.create(ROLE_NAME, ORIGINAL, '/security/');
    expect(await stage.deploy()).toBe('ROLLBACK_COMPLETE');
    expect(stage.failure).toContain(`iam:GetRole on arn:aws:iam::111111111111:role/${ROLE_NAME} is denied. If the role has another path, give it as path`);
  });
});

test.each([
  ['no JSON', 'no record'],
  ['another form', '{"owner":{}}'],
  ['a document that cannot be unpacked', '{"owner":{"stackId":"s","logicalId":"l"},"previousDeflated":"AAAA","written":[],"accounts":[],"externalIds":[]}'],
])('a record that is not the library\'s: %s', async (_, value) => {
  const { parameters } = stage.world.aws;
  parameters.set(stage.recordName, value);
  await stage.deploy();
  expect(stage.failure).toContain(`the parameter ${stage.recordName} in Parameter Store is not a record that this library wrote`);
  expect([stage.role.written, parameters.get(stage.recordName)]).toEqual([[], value]);
});

test.each([
  ['RoleArn', 'QualysConnector', 'must be the ARN of a role'],
  ['RecordName', '/a/b+c', 'write the name of the role in the code instead of a reference'],
  ['Statements', [], 'must have an element'],
  ['FormerAccountIds', ['1'], 'must be an AWS account ID'],
])('a property %s that cannot be', async (name, value, message) => {
  const made = await stage.steps(() => stage.deploy({}, { raw: { Trust: { [name]: value } } }));
  expect(stage.failure).toContain(message);
  expect(made).toEqual([]);
});
