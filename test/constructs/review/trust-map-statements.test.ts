import { EXTERNAL_ID, HERE, mapOfTrust, QUALYS_ROOT, statement } from '../../support/review/assemblies';

/* What a trust policy may say, and how each reads. Nothing that lets somebody in is left out. */

const callersOf = (Statement: unknown, template: object = {}) => mapOfTrust({ Version: '2012-10-17', Statement }, template).callersOf('QualysConnector');
const withId = `with external ID ${EXTERNAL_ID}`;
const STRANGER = '999988887777';

test.each<[string, unknown, string[]]>([
  ['a star', '*', ['Everybody, with external ID 83172650944188230571']],
  ['a star of AWS', { AWS: '*' }, ['Everybody, with external ID 83172650944188230571']],
  ['a bare ID', { AWS: STRANGER }, [`Account ${STRANGER}, ${withId}`]],
  ['the ID of a deleted user', { AWS: 'AIDAABCDEFGHIJKLMNOPQ' }, [`Whoever has the internal ID AIDAABCDEFGHIJKLMNOPQ, ${withId}`]],
  ['a list', { AWS: [QUALYS_ROOT, STRANGER] }, [`Account ${STRANGER}, ${withId}`, `Qualys account 805950163170, ${withId}`]],
  ['a service and an account in one', { Service: 'ec2.amazonaws.com', AWS: STRANGER }, [`AWS service ec2.amazonaws.com, ${withId}`, `Account ${STRANGER}, ${withId}`]],
  ['a provider', { Federated: 'cognito-identity.amazonaws.com' }, [`Whoever signs in through cognito-identity.amazonaws.com, ${withId}`]],
  ['any provider', { Federated: '*' }, [`Everybody whom any provider knows, ${withId}`]],
  ['a canonical user', { CanonicalUser: '79a59df9' }, [`CanonicalUser 79a59df9, ${withId}`]],
  ['a user', { AWS: `arn:aws:iam::${STRANGER}:user/security/qualys` }, [`Account ${STRANGER}, user security/qualys, ${withId}`]],
  ['a session', { AWS: `arn:aws:sts::${STRANGER}:assumed-role/Admin/me` }, [`Account ${STRANGER}, session of the role Admin/me, ${withId}`]],
  ['a user with a wildcard, which AWS refuses', { AWS: `arn:aws:iam::${STRANGER}:user/*` }, [`Whoever arn:aws:iam::${STRANGER}:user/* is, ${withId}`]],
  ['a number', 42, [`Whoever 42 is, ${withId}`]],
  ['nothing', undefined, [`Whoever is meant by a statement without a principal, ${withId}`]],
])('a principal that is %s', (_what, Principal, lines) => {
  expect(callersOf([statement({ Principal })])).toEqual(lines);
});

test('NotPrincipal is everybody but', () => {
  expect(callersOf(statement({ Principal: undefined, NotPrincipal: { AWS: [STRANGER] }, Condition: undefined }))).toEqual([`Everybody but ${STRANGER}`]);
});

test.each<[string, unknown, boolean]>([
  ['sts:*', 'sts:*', true], ['*', '*', true], ['a list', ['sts:TagSession', 'sts:AssumeRole'], true], ['another case', 'STS:ASSUMEROLE', true],
  ['a part with a star', 'sts:Assume*', true], ['a question mark', 'sts:AssumeRol?', true], ['by web identity', 'sts:AssumeRoleWithWebIdentity', true],
  ['another action', 'sts:TagSession', false], ['nothing', undefined, true],
])('an action that is %s', (_what, Action, isWay) => {
  expect(callersOf([statement({ Action }), statement({ Principal: { AWS: STRANGER } })]).length).toBe(isWay ? 2 : 1);
});

test.each<[unknown, boolean]>([['sts:TagSession', true], [['sts:AssumeRole'], true], ['sts:*', false], ['*', false]])('NotAction %j', (NotAction, isWay) => {
  expect(callersOf([statement({ Action: undefined, NotAction }), statement({ Principal: { AWS: STRANGER } })]).length).toBe(isWay ? 2 : 1);
});

test.each<[string, object | undefined, string]>([
  ['the key in another case', { StringEquals: { 'STS:externalid': EXTERNAL_ID } }, withId],
  ['several external IDs', { StringEquals: { 'sts:ExternalId': ['first', 'second'] } }, 'with external ID first or second'],
  ['two operators, of which one is strict', { StringEquals: { 'sts:ExternalId': EXTERNAL_ID }, StringLike: { 'sts:ExternalId': '*' } }, `${withId}, external ID by StringLike *`],
  ['a loose operator', { StringLike: { 'sts:ExternalId': '8317*' } }, 'with external ID by StringLike 8317*'],
  ['an operator that passes without it', { StringEqualsIfExists: { 'sts:ExternalId': EXTERNAL_ID } }, `with external ID by StringEqualsIfExists ${EXTERNAL_ID}`],
  ['an operator that nobody knows', { StringEquals: { 'sts:ExternalId': EXTERNAL_ID }, SomethingElse: { 'aws:Key': 'x' } }, `${withId}, SomethingElse aws:Key x`],
  ['no condition', undefined, 'with no external ID'],
  ['a condition of another form', { StringEquals: 'x' }, 'with no external ID, StringEquals x'],
  ['addresses and an organization', { StringEquals: { 'sts:ExternalId': EXTERNAL_ID, 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' }, IpAddress: { 'aws:SourceIp': ['192.0.2.0/24'] } },
    `${withId}, from 192.0.2.0/24, organization o-a1b2c3d4e5`],
])('a condition with %s', (_what, Condition, asked) => {
  expect(callersOf(statement({ Condition }))).toEqual([`Qualys account 805950163170, ${asked}`]);
});

test.each<[object, string]>([
  [{ ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${STRANGER}:user/x` } }, `Account ${STRANGER}, user x, with no external ID`],
  [{ ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${STRANGER}:user/*` } }, `Account ${STRANGER}, with no external ID, ArnLike aws:PrincipalArn arn:aws:iam::${STRANGER}:user/*`],
  [{ ArnNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::${STRANGER}:user/x` } }, `Account ${STRANGER}, with no external ID, ArnNotEquals aws:PrincipalArn arn:aws:iam::${STRANGER}:user/x`],
  [{ StringEquals: { 'aws:PrincipalArn': `arn:aws:iam::${STRANGER}:user/\${aws:username}` } },
    `Account ${STRANGER}, with no external ID, StringEquals aws:PrincipalArn arn:aws:iam::${STRANGER}:user/\${aws:username}`],
  [{ ArnEqualsIfExists: { 'aws:PrincipalArn': `arn:aws:iam::${STRANGER}:user/x` } },
    `Account ${STRANGER}, with no external ID, ArnEqualsIfExists aws:PrincipalArn arn:aws:iam::${STRANGER}:user/x`],
])('a caller is the one that is named, only where nobody else can come: %j', (Condition, line) => {
  const lines = callersOf(statement({ Principal: { AWS: STRANGER }, Condition }));
  // A named user of an account that is no base account is one that somebody chose.
  expect(lines).toEqual([line.replace(', user x, with no external ID', ', user x')]);
});

test('two named callers are two ways', () => {
  const arns = [`arn:aws:iam::${STRANGER}:user/a`, `arn:aws:iam::${STRANGER}:role/b`];
  expect(callersOf(statement({ Principal: { AWS: STRANGER }, Condition: { ArnEquals: { 'aws:PrincipalArn': arns } } })))
    .toEqual([`Account ${STRANGER}, role b`, `Account ${STRANGER}, user a`]);
});

test('what a Deny takes away is a further condition of every way', () => {
  const denied = { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole', Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } };
  expect(callersOf([statement(), denied])).toEqual([`Qualys account 805950163170, ${withId}, denied to everybody where StringNotEquals aws:PrincipalOrgID o-a1b2c3d4e5`]);
});

const CONDITIONS = { Conditions: { UseBase: { 'Fn::Equals': [{ Ref: 'Mode' }, 'base'] } }, Parameters: { Mode: { Type: 'String', Default: 'base' } } };

test('an open condition in a principal: both branches, each with its mark', () => {
  const Principal = { AWS: { 'Fn::If': ['UseBase', STRANGER, QUALYS_ROOT] } };
  expect(callersOf(statement({ Principal }), CONDITIONS)).toEqual([`Account ${STRANGER}, ${withId}, if UseBase`, `Qualys account 805950163170, ${withId}, unless UseBase`]);
});

test('an open condition around a statement, and one statement that is nothing but a condition', () => {
  const either = { 'Fn::If': ['UseBase', statement({ Principal: { AWS: STRANGER } }), { Ref: 'AWS::NoValue' }] };
  expect(callersOf([statement(), either], CONDITIONS)).toEqual([`Account ${STRANGER}, ${withId}, if UseBase`, `Qualys account 805950163170, ${withId}`]);
  expect(callersOf(either, CONDITIONS)).toEqual([`Account ${STRANGER}, ${withId}, if UseBase`]);
});

test('an open condition in a condition: the external ID may be there or not', () => {
  const Condition = { 'Fn::If': ['UseBase', { StringEquals: { 'sts:ExternalId': EXTERNAL_ID } }, { Ref: 'AWS::NoValue' }] };
  expect(callersOf(statement({ Condition }), CONDITIONS)).toEqual([`Qualys account 805950163170, ${withId}, if UseBase`, 'Qualys account 805950163170, with no external ID, unless UseBase']);
});

test('a condition that can be worked out is, whatever it is made of', () => {
  const known = (condition: object) => ({ Conditions: { Yes: { 'Fn::Equals': ['a', 'a'] }, C: condition } });
  const of = (condition: object) => callersOf(statement({ Principal: { AWS: { 'Fn::If': ['C', STRANGER, QUALYS_ROOT] } } }), known(condition))[0]!.split(',')[0];
  expect(of({ 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] })).toBe(`Account ${STRANGER}`);
  expect(of({ 'Fn::Not': [{ Condition: 'Yes' }] })).toBe('Qualys account 805950163170');
  expect(of({ 'Fn::And': [{ Condition: 'Yes' }, { 'Fn::Equals': ['a', 'b'] }] })).toBe('Qualys account 805950163170');
  expect(of({ 'Fn::Or': [{ Condition: 'Yes' }, { 'Fn::Equals': [{ Ref: 'Mode' }, 'b'] }] })).toBe(`Account ${STRANGER}`);
});

test('a statement with too many open conditions is whoever the deployment names', () => {
  const names = ['A', 'B', 'C', 'D', 'E', 'F'];
  const Conditions = Object.fromEntries(names.map((name) => [name, { 'Fn::Equals': [{ Ref: 'Mode' }, name] }]));
  const AWS = names.map((name) => ({ 'Fn::If': [name, QUALYS_ROOT, STRANGER] }));
  expect(callersOf(statement({ Principal: { AWS } }), { ...CONDITIONS, Conditions })).toEqual(['Whoever the deployment names']);
});

test.each<[string, unknown]>([['a text', 'x'], ['nothing', undefined], ['a function that is not known', { 'Fn::Transform': { Name: 'AWS::Include' } }], ['a number', 3]])('a policy that is %s is no crash', (_what, document) => {
  const { findings } = mapOfTrust(document);
  expect(Array.isArray(findings)).toBe(true);
});

test('a statement that only the deployment knows is whoever the deployment names', () => {
  expect(callersOf([{ 'Fn::Transform': { Name: 'AWS::Include' } }])).toEqual(['Whoever the deployment names']);
});

test('a principal that only the deployment knows is named by what gives it', () => {
  expect(callersOf(statement({ Principal: { AWS: { Ref: 'Trusted' } }, Condition: undefined }), { Parameters: { Trusted: { Type: 'String', Default: HERE } } }))
    .toEqual(['Whoever ${Trusted} is, with no external ID']);
});

test('a document as text is read', () => {
  expect(mapOfTrust(JSON.stringify({ Statement: statement() })).callersOf('QualysConnector')).toEqual([`Qualys account 805950163170, ${withId}`]);
});
