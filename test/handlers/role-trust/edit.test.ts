import { rewritten } from '../../support/fake-aws/roles';
import { BASE, EXTERNAL_ID, QUALYS, RoleTrustApp, Trust } from '../../support/stage/apps/role-trust';
import { documentOf, ORIGINAL, RoleTrustStage, SOMEBODY, statementsOf, TRUSTS, VENDOR } from '../../support/stage/role-trust-stage';

const READ_ONLY = ['ssm:GetParameter', 'iam:GetRole'];
/** Looked at right before and after it is written: somebody else may edit it at the same time. */
const WRITTEN = [...READ_ONLY, 'iam:GetRole', 'ssm:PutParameter', 'iam:UpdateAssumeRolePolicy', 'iam:GetRole', 'ssm:PutParameter'];
const OF_SOMEBODY = JSON.parse(SOMEBODY);

let stage: RoleTrustStage;
beforeEach(() => { stage = new RoleTrustStage(); });

/** Creates or updates, which has to succeed. */
async function bring(app: RoleTrustApp): Promise<void> {
  expect([await stage.deploy(app), stage.failures]).toEqual([expect.stringMatching(/^(CREATE|UPDATE)_COMPLETE$/), []]);
}
async function remove(): Promise<void> {
  expect([await stage.delete(), stage.failures]).toEqual(['DELETE_COMPLETE', []]);
}
/** As the function writes them into a document. */
const written = (trust: Trust) => statementsOf({ trust }).map((statement) => JSON.stringify(statement)).join();

test('replaces the statement of the service and leaves the others as they are written', async () => {
  await bring({ trust: 'base' });
  expect(stage.stack.resources.get('Trust')!.physicalId).toBe('qualys-role-trust:111111111111:QualysCSPMReadOnlyRole');
  expect(stage.document).toBe(documentOf(written('base'), SOMEBODY));
  expect(stage.trustRecord).toMatchObject({ previous: ORIGINAL, accounts: [BASE, QUALYS], externalIds: [EXTERNAL_ID] });
});

test('goes from one trust to the other and back, in place', async () => {
  const original = documentOf(SOMEBODY, VENDOR);
  stage = new RoleTrustStage({ document: original });
  for (const trust of ['qualys', 'both', 'base', 'both', 'qualys'] as const) {
    await bring({ trust });
    expect(stage.statements).toEqual([OF_SOMEBODY, ...TRUSTS[trust]]);
  }
  expect(new Set(stage.sent.slice(1))).toEqual(new Set(['Update Trust']));
  await remove();
  expect([stage.document, stage.world.aws.parameters.size]).toEqual([original, 0]);
});

test('calls no more than it needs', async () => {
  expect(await stage.steps(() => bring({ trust: 'qualys' }))).toEqual(WRITTEN);
  expect(await stage.steps(() => bring({ trust: 'both' }))).toEqual(WRITTEN);
  expect(await stage.steps(() => stage.ask('Update', 'Trust'))).toEqual(READ_ONLY);
  expect(await stage.steps(() => stage.ask('Delete', 'Trust'))).toEqual([...WRITTEN, 'ssm:DeleteParameter']);
  expect(await stage.steps(remove)).toEqual(['ssm:GetParameter']);
});

test('the same request twice comes to the same', async () => {
  await bring({});
  const after = stage.document;
  expect(await stage.steps(() => stage.requests.again(stage.requests.sent[0]!))).toEqual(READ_ONLY);
  expect([stage.document, stage.trustRecord!.previous]).toEqual([after, ORIGINAL]);
});

describe('understands what the vendor\'s templates and people write', () => {
  const condition = `"Condition":{"StringEquals":{"sts:ExternalId":"${EXTERNAL_ID}"}}`;
  test.each([
    ['a list of statements', `{"Version":"2012-10-17","Statement":[${VENDOR}]}`],
    ['a statement alone', `{"Version":"2012-10-17","Statement":${VENDOR}}`],
    ['an older version with an ID, in another order', `{"Statement":[${VENDOR}],"Id":"Trust","Version":"2008-10-17"}`],
    ['the bare account ID', `{"Statement":{"Effect":"Allow","Principal":{"AWS":"${QUALYS}"},"Action":"sts:AssumeRole",${condition}}}`],
    ['lists of one', `{"Statement":[{"Effect":"Allow","Principal":{"AWS":["${QUALYS}"]},"Action":["sts:AssumeRole"],"Condition":{"StringEquals":{"sts:ExternalId":["${EXTERNAL_ID}"]}}}]}`],
    ['names in another case', `{"Statement":[{"Sid":"","Effect":"Allow","Principal":{"AWS":"${QUALYS}"},"Action":"STS:assumerole","Condition":{"stringEquals":{"STS:externalid":"${EXTERNAL_ID}"}}}]}`],
    ['one of the account', `{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::${QUALYS}:role/connector"},"Action":"sts:AssumeRole",${condition}}]}`],
    ['two accounts of the service', `{"Statement":[{"Effect":"Allow","Principal":{"AWS":["${QUALYS}","${BASE}"]},"Action":"sts:AssumeRole",${condition}}]}`],
    ['two statements', `{"Statement":[${VENDOR} , ${VENDOR.replace(QUALYS, BASE)}]}`],
    ['a user that a person wrote down', `{"Statement":[{"Effect":"Allow","Principal":{"AWS":"${BASE}"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"${EXTERNAL_ID}"},"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::${BASE}:user/*"}}}]}`],
  ])('%s', async (_, document) => {
    stage = new RoleTrustStage({ document });
    for (const trust of ['both', 'base'] as const) {
      await bring({ trust });
      expect(stage.statements).toEqual(TRUSTS[trust]);
    }
    await remove();
    expect(stage.document).toBe(document);
  });
});

test('a statement alone stays alone where one takes its place', async () => {
  stage = new RoleTrustStage({ document: `{"Version":"2012-10-17","Statement":${VENDOR}}` });
  await bring({ trust: 'base' });
  expect(stage.document).toBe(`{"Version":"2012-10-17","Statement":${written('base')}}`);
});

test('what the service may do besides, it may do afterwards', async () => {
  stage = new RoleTrustStage({ document: documentOf(VENDOR.replace('"sts:AssumeRole"', '["sts:TagSession","sts:AssumeRole"]')) });
  await bring({ trust: 'both' });
  await bring({ trust: 'base' });
  expect(stage.statements).toEqual([{ ...TRUSTS.base[0], Action: ['sts:AssumeRole', 'sts:TagSession'] }]);
  expect(await stage.steps(() => stage.ask('Update', 'Trust'))).toEqual(READ_ONLY);
});

test('a role of the base account without external ID is somebody else', async () => {
  const auditor = `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::${BASE}:role/Auditor"},"Action":"sts:AssumeRole"}`;
  stage = new RoleTrustStage({ document: documentOf(auditor, VENDOR) });
  await bring({ trust: 'base' });
  expect(stage.document).toBe(documentOf(auditor, written('base')));
});

test('accounts of before are those that the code names, and those that this library wrote', async () => {
  stage = new RoleTrustStage({ document: documentOf(VENDOR.replace(QUALYS, '999988887777')) });
  expect(await stage.deploy({ trust: 'base' })).toBe('ROLLBACK_COMPLETE');
  expect(stage.failure).toContain('put its account into formerAccountIds');
  await stage.delete();
  await bring({ trust: 'base', formerAccountIds: ['999988887777'] });
  const other: RoleTrustApp = { trust: 'base', baseAccountId: '444455556666' };
  await bring(other);
  expect(stage.statements).toEqual(statementsOf(other));
  // The record knows the account, and others may write the record: it comes back only by what the code says.
  expect(await stage.ask('Delete', 'Trust')).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('deploy first with the account in formerAccountIds') });
  expect(stage.statements).toEqual(statementsOf(other));
  await bring({ ...other, formerAccountIds: ['999988887777'] });
  await remove();
  expect(stage.statements[0]!.Principal.AWS).toContain('999988887777');
});

test('another external ID takes the place of the one that this library wrote; the former one comes back from where the code has it', async () => {
  await bring({});
  const other: RoleTrustApp = { trust: 'qualys', externalId: 'another-external-id' };
  await bring(other);
  expect(stage.statements[0]).toEqual(statementsOf(other)[0]);
  expect(await stage.ask('Delete', 'Trust')).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('with the external ID that it asks for') });
  await bring({ trust: 'qualys' });
  await remove();
  expect(stage.document).toBe(ORIGINAL);
});

test('IAM may give the document back in another form', async () => {
  const auditor = '{"Effect":"Allow","Principal":{"AWS":["999988887777","arn:aws:iam::999988887777:user/a"]},"Action":["sts:TagSession","sts:AssumeRole"]}';
  const original = documentOf(VENDOR.replace(`arn:aws:iam::${QUALYS}:root`, QUALYS), SOMEBODY, auditor);
  stage = new RoleTrustStage({ document: original });
  stage.roles.rewrites = true;
  await bring({ trust: 'both' });
  expect(stage.document).toBe(rewritten(stage.role.written[0]!));
  await bring({ trust: 'base' });
  expect(await stage.steps(() => stage.ask('Update', 'Trust'))).toEqual(READ_ONLY);
  stage.document = rewritten(original); // as who made the role may have put it back
  await bring({ trust: 'both' });
  await remove();
  expect(stage.role.written.at(-1)).toBe(original);
});

test.each([1, 2, 5])('a read that is %i writes old changes nothing about the end', async (staleReads) => {
  await bring({ trust: 'qualys' });
  for (const trust of ['both', 'qualys', 'both', 'base'] as const) {
    stage.roles.staleReads = staleReads;
    await bring({ trust });
    expect(stage.statements).toEqual([...TRUSTS[trust], OF_SOMEBODY]);
  }
  stage.roles.staleReads = staleReads;
  await remove();
  expect(stage.document).toBe(ORIGINAL);
});

test('a document that is too long to be kept as it is, is kept all the same', async () => {
  const long = `{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:RequestTag/a":"${'a{{b'.repeat(200)}"}}}`;
  const document = documentOf(VENDOR, long).replaceAll('\n', '\n'.padEnd(2000));
  stage = new RoleTrustStage({ document });
  await bring({});
  expect(stage.trustRecord!.previous).toBe(document);
  expect(stage.world.aws.parameters.get(stage.recordName)!.length).toBeLessThan(4096);
  await remove();
  expect(stage.document).toBe(document);
});

test('another role has its trust edited, and the former one has its own back', async () => {
  await bring({});
  const other = stage.roles.create('Other', documentOf(VENDOR), '/security/');
  await bring({ roleName: 'Other', path: '/security/' });
  expect(stage.sent).toEqual(['Create Trust', 'Update Trust', 'Delete Trust']);
  expect(stage.stack.resources.get('Trust')!.physicalId).toBe('qualys-role-trust:111111111111:Other');
  expect(JSON.parse(other.trust).Statement).toEqual(TRUSTS.both);
  expect(stage.document).toBe(ORIGINAL);
  expect([...stage.world.aws.parameters.keys()]).toEqual(['/cdk-qualys-connectors/role-trust/Other']);
});

test('an update that fails elsewhere in the stack is rolled back', async () => {
  await bring({ trust: 'qualys' });
  const before = stage.document;
  await bring({ trust: 'both' });
  expect(await stage.ask('Update', 'Trust', { app: { trust: 'qualys' } })).toMatchObject({ Status: 'SUCCESS' });
  expect(stage.document).toBe(before);
});

test('an ID that CloudFormation invented is recognized by the properties', async () => {
  await bring({});
  expect(await stage.ask('Delete', 'Trust', { physicalId: 'Stack-Trust1A2B3C4D-1ABCDEFGHIJKL' })).toMatchObject({ Status: 'SUCCESS' });
  expect(stage.document).toBe(ORIGINAL);
});

test('nothing of the trust policy is in the log', async () => {
  await bring({});
  await remove();
  expect(stage.world.log.join('\n')).not.toMatch(new RegExp(`${EXTERNAL_ID}|${BASE}|Statement`));
});
