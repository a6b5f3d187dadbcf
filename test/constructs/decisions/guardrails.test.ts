import { OrganizationGuardrails } from '../../../src/review/organization-guardrails';
import {
  asJson, BASE, Call, EXTERNAL_ID, FUNCTION, LIBRARY_ROLE, ORGANIZATION, passes, product, PRODUCTION, QUALYS, ROLE, SECRET, servicePasses,
  STRANGER, USER,
} from '../../support/review/guardrails';
import { listOf } from '../../support/synth/function-roles';
import { Policy } from '../../support/synth/policies';

const { policies, trust } = product();
const [minting, registration, connectors] = ['BaseAccountUserFunctionRole', 'BaseAccountRegistrationFunctionRole', 'QualysConnectorFunctionRole'].map((name) => policies[name]!);
const rcp = asJson(OrganizationGuardrails.assumeRoleOnlyFromOrganization(ORGANIZATION));
const rcpWithQualys = asJson(OrganizationGuardrails.assumeRoleOnlyFromOrganization(ORGANIZATION, { exemptAccountIds: [QUALYS] }));
const scp = asJson(OrganizationGuardrails.protectBaseAccount({
  accountId: BASE,
  userName: 'qualys-base-account',
  secretName: 'qualys/key',
  functionNames: ['Security-BaseAccount*'],
  operatorArns: [`arn:aws:iam::${BASE}:role/Operator`],
  secretReaderArns: [`arn:aws:iam::${BASE}:role/KeyKeeper`],
}));

const inBase = (name: string) => `arn:aws:iam::${BASE}:${name}`;
const ADMIN = inBase('role/Administrator');
const DEPLOYER = inBase(`role/cdk-hnb659fds-cfn-exec-role-${BASE}-us-east-1`);
const RECORD = `arn:aws:ssm:us-east-1:${BASE}:parameter/cdk-qualys-connectors/base-account/qualysapi.qg2.apps.qualys.com/GLOBAL`;
const NOTE = `arn:aws:ssm:us-east-1:${BASE}:parameter/cdk-qualys-connectors/connector/Security/qualysapi.qg2.apps.qualys.com/abc`;

const FROM_CLOUDFORMATION = { 'aws:CalledVia': ['cloudformation.amazonaws.com'] };
const open = (principal: object): Policy => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: principal as never, Action: 'sts:AssumeRole' }] });
const of = (caller: string, action: string, resource: string, more: Partial<Call> = {}): Call => ({ caller, action, resource, ...more });
const assume = (caller: string, organization: string | undefined, role: string, trusted: Policy, externalId = EXTERNAL_ID): Call => of(caller, 'sts:AssumeRole', role, {
  trust: trusted, context: { 'sts:ExternalId': externalId, ...organization === undefined ? {} : { 'aws:PrincipalOrgID': organization } },
});
const byQualys: Policy = { Version: '2012-10-17', Statement: [{ ...trust.Statement[0]!, Principal: { AWS: `arn:aws:iam::${QUALYS}:root` }, Condition: { StringEquals: { 'sts:ExternalId': EXTERNAL_ID } } }] };

type Row = [string, Call, boolean, { readonly rcp?: object[]; readonly scp?: object[] }?];

const ASSUMING: Row[] = [
  ['the base account\'s user comes in', assume(USER, ORGANIZATION, ROLE, trust), true],
  ['with a wrong external ID it does not', assume(USER, ORGANIZATION, ROLE, trust, `${EXTERNAL_ID}1`), false],
  ['another user of the base account does not', assume(inBase('user/other'), ORGANIZATION, ROLE, trust), false],
  ['the Qualys account does not, though the role trusts it', assume(`arn:aws:iam::${QUALYS}:role/Connectors`, 'o-qualysqualys', ROLE, byQualys), false],
  ['nor without an organization', assume(`arn:aws:iam::${QUALYS}:role/Connectors`, undefined, ROLE, byQualys), false],
  ['exempt it does', assume(`arn:aws:iam::${QUALYS}:role/Connectors`, 'o-qualysqualys', ROLE, byQualys), true, { rcp: rcpWithQualys }],
  ['exempt it does, also without an organization', assume(`arn:aws:iam::${QUALYS}:role/Connectors`, undefined, ROLE, byQualys), true, { rcp: rcpWithQualys }],
  ['exempt and with a wrong external ID it does not', assume(`arn:aws:iam::${QUALYS}:role/Connectors`, undefined, ROLE, byQualys, 'wrong'), false, { rcp: rcpWithQualys }],
  ['a stranger whom a role trusts by mistake does not', assume(`arn:aws:iam::${STRANGER}:role/Any`, 'o-zzzzzzzzzz', ROLE, open({ AWS: STRANGER })), false],
  ['nor a stranger without an organization', assume(`arn:aws:iam::${STRANGER}:role/Any`, undefined, ROLE, open({ AWS: '*' })), false],
  ['nor with the Qualys account exempt', assume(`arn:aws:iam::${STRANGER}:role/Any`, 'o-zzzzzzzzzz', ROLE, open({ AWS: STRANGER })), false, { rcp: rcpWithQualys }],
  ['the base account\'s user comes in beside the exemption', assume(USER, ORGANIZATION, ROLE, trust), true, { rcp: rcpWithQualys }],
  ['a pipeline account takes CDK\'s deploy role', assume('arn:aws:iam::444444444444:role/Pipeline', ORGANIZATION, `arn:aws:iam::${PRODUCTION}:role/cdk-deploy`, open({ AWS: '444444444444' })), true],
  ['sign-in by web identity is another action', of('arn:aws:iam::444444444444:role/Any', 'sts:TagSession', ROLE, { trust: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: '444444444444' }, Action: 'sts:TagSession' }] } as Policy }), true],
];

const KEYS: Row[] = [
  ['the key\'s function makes a key', of(LIBRARY_ROLE, 'iam:CreateAccessKey', USER, { identity: minting }), true],
  ['the registration\'s function makes one', of(LIBRARY_ROLE, 'iam:CreateAccessKey', USER, { identity: registration }), true],
  ['an administrator does not', of(ADMIN, 'iam:CreateAccessKey', USER), false],
  ['nor CDK\'s execution role', of(DEPLOYER, 'iam:CreateAccessKey', USER), false],
  ['nor the user itself', of(USER, 'iam:CreateAccessKey', USER), false],
  ['nor a role whose name looks like the path', of(inBase('role/cdk-qualys-connectors'), 'iam:CreateAccessKey', USER), false],
  ['nor a role of a path that begins alike', of(inBase('role/cdk-qualys-connectors-x/Role'), 'iam:CreateAccessKey', USER), false],
  ['another user\'s keys are not touched', of(ADMIN, 'iam:CreateAccessKey', inBase('user/somebody')), true],
  ['an administrator may delete a key after a leak', of(ADMIN, 'iam:DeleteAccessKey', USER), true],
  ['and deactivate it', of(ADMIN, 'iam:UpdateAccessKey', USER), true],
  ['the key\'s function reads the secret', of(LIBRARY_ROLE, 'secretsmanager:GetSecretValue', SECRET, { identity: minting }), true],
  ['and writes it', of(LIBRARY_ROLE, 'secretsmanager:PutSecretValue', SECRET, { identity: minting }), true],
  ['the registration\'s function reads it', of(LIBRARY_ROLE, 'secretsmanager:GetSecretValue', SECRET, { identity: registration }), true],
  ['an administrator does not read it', of(ADMIN, 'secretsmanager:GetSecretValue', SECRET), false],
  ['nor write it', of(ADMIN, 'secretsmanager:PutSecretValue', SECRET), false],
  ['nor write it another way', of(ADMIN, 'secretsmanager:UpdateSecret', SECRET), false],
  ['nor let others read it', of(ADMIN, 'secretsmanager:PutResourcePolicy', SECRET), false],
  ['nor take away who is kept out', of(ADMIN, 'secretsmanager:DeleteResourcePolicy', SECRET), false],
  ['nor read its copy in another region', of(ADMIN, 'secretsmanager:GetSecretValue', SECRET.replace('us-east-1', 'eu-west-1')), false],
  ['a deployment does not read it', of(DEPLOYER, 'secretsmanager:GetSecretValue', SECRET), false],
  ['a named person does', of(inBase('role/KeyKeeper'), 'secretsmanager:GetSecretValue', SECRET), true],
  ['an administrator reads other secrets', of(ADMIN, 'secretsmanager:GetSecretValue', SECRET.replace('qualys/key', 'other')), true],
  ['also one whose name goes on', of(ADMIN, 'secretsmanager:GetSecretValue', SECRET.replace('qualys/key', 'qualys/key-two')), true],
  ['an administrator starts a rotation', of(ADMIN, 'secretsmanager:RotateSecret', SECRET), true],
];

const ROLES: Row[] = [
  ...['CreateRole', 'PassRole', 'UpdateAssumeRolePolicy', 'PutRolePolicy', 'AttachRolePolicy', 'DeleteRolePermissionsBoundary'].flatMap((action): Row[] => [
    [`an administrator has no ${action} on a role of the library`, of(ADMIN, `iam:${action}`, LIBRARY_ROLE), false],
    [`a deployment has ${action}`, of(DEPLOYER, `iam:${action}`, LIBRARY_ROLE), true],
  ]),
  ['a role of the library has no CreateRole', of(LIBRARY_ROLE, 'iam:CreateRole', LIBRARY_ROLE), false],
  ['an administrator makes other roles', of(ADMIN, 'iam:CreateRole', inBase('role/Other')), true],
  ['and deletes one of the library', of(ADMIN, 'iam:DeleteRole', LIBRARY_ROLE), true],
];

const FUNCTIONS: Row[] = [
  ['an administrator does not invoke a function', of(ADMIN, 'lambda:InvokeFunction', FUNCTION), false],
  ['nor a version of it', of(ADMIN, 'lambda:InvokeFunction', `${FUNCTION}:1`), false],
  ['a deployment does', of(DEPLOYER, 'lambda:InvokeFunction', FUNCTION), true],
  ['so does CloudFormation in a person\'s name', of(ADMIN, 'lambda:InvokeFunction', FUNCTION, { context: FROM_CLOUDFORMATION }), true],
  ['not another service in a person\'s name', of(ADMIN, 'lambda:InvokeFunction', FUNCTION, { context: { 'aws:CalledVia': ['athena.amazonaws.com'] } }), false],
  ['an operator does', of(inBase('role/Operator'), 'lambda:InvokeFunction', FUNCTION), true],
  ['an administrator invokes other functions', of(ADMIN, 'lambda:InvokeFunction', FUNCTION.replace('Security-', 'Other-')), true],
  ...['UpdateFunctionCode', 'UpdateFunctionConfiguration', 'AddPermission'].flatMap((action): Row[] => [
    [`an administrator has no ${action}`, of(ADMIN, `lambda:${action}`, FUNCTION), false],
    [`an operator has no ${action}`, of(inBase('role/Operator'), `lambda:${action}`, FUNCTION), false],
    [`a deployment has ${action}`, of(DEPLOYER, `lambda:${action}`, FUNCTION), true],
  ]),
];

const RECORDS: Row[] = [
  ['the registration writes its record', of(LIBRARY_ROLE, 'ssm:PutParameter', RECORD, { identity: registration }), true],
  ['and removes it', of(LIBRARY_ROLE, 'ssm:DeleteParameter', RECORD, { identity: registration }), true],
  ['the connectors write their notes', of(LIBRARY_ROLE, 'ssm:PutParameter', NOTE, { identity: connectors }), true],
  ...['PutParameter', 'DeleteParameter', 'DeleteParameters'].map((action): Row => [`an administrator has no ${action}`, of(ADMIN, `ssm:${action}`, RECORD), false]),
  ['an administrator reads a record', of(ADMIN, 'ssm:GetParameter', RECORD), true],
  ['and writes other parameters', of(ADMIN, 'ssm:PutParameter', RECORD.replace('/cdk-qualys-connectors/', '/other/')), true],
];

const DECISIONS = [...ASSUMING, ...KEYS, ...ROLES, ...FUNCTIONS, ...RECORDS];
const decide = ([, call, , given]: Row, attached: { rcp?: object[]; scp?: object[] } = { rcp, scp }) => passes(call, { ...attached, ...given });

test('there are as many decisions as it takes', () => {
  expect(DECISIONS.length).toBeGreaterThanOrEqual(56);
});

test.each(DECISIONS)('%s', async (...row) => {
  expect(await decide(row as Row)).toBe(row[2]);
});

test('whatever a function of the library may do, it may do beside the policies', async () => {
  const refused: string[] = [];
  for (const [name, policy] of Object.entries(policies)) {
    for (const { Action, Resource } of policy.Statement) {
      for (const action of listOf(Action)) {
        for (const resource of listOf(Resource!).filter((arn) => arn.startsWith('arn:'))) {
          const arn = resource.replace(/\?{6}$/, 'AbCdEf').replace(/\/\*$/, '/abc');
          if (!await passes(of(LIBRARY_ROLE, action, arn, { identity: policy, context: { 'aws:TagKeys': ['cdk-qualys-connectors:minting'] } }), { rcp, scp })) refused.push(`${name} ${action} ${arn}`);
        }
      }
    }
  }
  expect(refused).toEqual([]);
});

test('a service takes its role, and is not asked for an organization', async () => {
  expect(await servicePasses('lambda.amazonaws.com', LIBRARY_ROLE, open({ Service: 'lambda.amazonaws.com' }), rcp)).toBe(true);
});

/* Each of these was written by somebody once. A decision above sees it. */
const without = (statements: any[], sid: string, edit: (statement: any) => void): any[] => statements.map((statement) => {
  const copy = structuredClone(statement);
  if (copy.Sid === sid) edit(copy);
  return copy;
});
const lessAction = (sid: string, action: string): [string, { scp: any[] }] => [`${sid} without ${action}`, { scp: without(scp, sid, (one) => { one.Action = [one.Action].flat().filter((each: string) => each !== action); if (one.Action.length === 0) one.Action = 'iam:GetUser'; }) }];
const MUTANTS: [string, { rcp?: any[]; scp?: any[] }][] = [
  ['a caller without an organization passes', { rcp: without(rcp, 'OnlyFromOrganization', (one) => { one.Condition['ForAnyValue:StringNotEquals'] = one.Condition.StringNotEqualsIfExists; delete one.Condition.StringNotEqualsIfExists; }) }],
  ['every assume action is meant', { rcp: without(rcp, 'OnlyFromOrganization', (one) => { one.Action = 'sts:*'; }) }],
  ['the path is misspelt', { scp: without(scp, 'KeysOnlyByTheLibrary', (one) => { one.Condition.ArnNotLike['aws:PrincipalArn'] = [inBase('role/qualys-connectors/*')]; }) }],
  ['the path has no end', { scp: without(scp, 'KeysOnlyByTheLibrary', (one) => { one.Condition.ArnNotLike['aws:PrincipalArn'] = [inBase('role/cdk-qualys-connectors*')]; }) }],
  lessAction('RolesOfTheLibraryOnlyByDeployments', 'iam:PassRole'),
  lessAction('RolesOfTheLibraryOnlyByDeployments', 'iam:UpdateAssumeRolePolicy'),
  lessAction('KeyReadOnlyByTheLibrary', 'secretsmanager:GetSecretValue'),
  lessAction('RolesOfTheLibraryOnlyByDeployments', 'secretsmanager:UpdateSecret'),
  lessAction('FunctionsOnlyByDeployments', 'lambda:UpdateFunctionConfiguration'),
  lessAction('RecordsOnlyByTheLibrary', 'ssm:DeleteParameters'),
  ['every user is meant', { scp: without(scp, 'KeysOnlyByTheLibrary', (one) => { one.Resource = '*'; }) }],
  ['whoever comes through any service passes', { scp: without(scp, 'InvocationsOnlyByServices', (one) => { delete one.Condition['ForAllValues:StringNotEquals']; one.Condition.Null = { 'aws:CalledVia': 'true' }; }) }],
  ['CloudFormation in a person\'s name is forgotten', { scp: without(scp, 'InvocationsOnlyByServices', (one) => { delete one.Condition['ForAllValues:StringNotEquals']; }) }],
];

test.each(MUTANTS)('the decisions see it if %s', async (_name, mutant) => {
  const wrong: string[] = [];
  const rows = DECISIONS.filter(([, , , given]) => given === undefined);
  for (const row of rows) if (await decide(row, { rcp, scp, ...mutant }) !== row[2]) wrong.push(row[0]);

  expect(wrong.length).toBeGreaterThan(0);
});

test('services are seen to be locked out without their exception', async () => {
  const mutant = without(rcp, 'OnlyFromOrganization', (one) => { delete one.Condition.BoolIfExists; });
  expect(await servicePasses('lambda.amazonaws.com', LIBRARY_ROLE, open({ Service: 'lambda.amazonaws.com' }), mutant)).toBe(false);
});

test('each policy has room: AWS allows 5,120 characters', () => {
  for (const statements of [rcp, rcpWithQualys, scp]) expect(JSON.stringify({ Version: '2012-10-17', Statement: statements }).length).toBeLessThan(5120);
});
