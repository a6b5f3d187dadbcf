import { BASE, documentOf, EXTERNAL_ID, fromBase, fromQualys, QUALYS, RECORD, RoleTrustWorld, SOMEBODY, TRUSTS, VENDOR } from './world';
import { FakeRole, rewritten } from '../../support/fake-aws/role';

const READ_ONLY = ['ssm:GetParameter', 'iam:GetRole'];
const WRITTEN = [...READ_ONLY, 'ssm:PutParameter', 'iam:UpdateAssumeRolePolicy', 'ssm:PutParameter'];

test('replaces the statement of the service and leaves the others as they are written', async () => {
  const world = new RoleTrustWorld();
  const resource = world.resource();
  const { answer } = await resource.create(world.properties('base'));
  expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'qualys-role-trust:222233334444:QualysCSPMReadOnlyRole' });
  expect(world.role.document).toBe(documentOf(JSON.stringify(fromBase()), SOMEBODY));
  expect(world.record).toMatchObject({ previous: documentOf(VENDOR, SOMEBODY), accounts: [BASE, QUALYS], externalIds: [EXTERNAL_ID] });
});

test('goes from one trust to the other and back, in place', async () => {
  const world = new RoleTrustWorld(documentOf(SOMEBODY, VENDOR));
  const resource = world.resource();
  await resource.create(world.properties('qualys'));
  for (const trust of ['both', 'base', 'both', 'qualys'] as const) {
    const { answer, cleanUp } = await resource.update(world.properties(trust));
    expect([answer.Status, cleanUp]).toEqual(['SUCCESS', undefined]);
    expect(world.statements).toEqual([JSON.parse(SOMEBODY), ...TRUSTS[trust]]);
  }
  expect((await resource.delete()).Status).toBe('SUCCESS');
  expect(world.role.document).toBe(documentOf(SOMEBODY, VENDOR));
  expect(world.parameters.size).toBe(0);
});

test('calls no more than it needs', async () => {
  const world = new RoleTrustWorld();
  const resource = world.resource();
  expect(await world.stepsOf(() => resource.create(world.properties('qualys')))).toEqual(WRITTEN);
  expect(await world.stepsOf(() => resource.update(world.properties('both')))).toEqual(WRITTEN);
  expect(await world.stepsOf(() => resource.update(world.properties('both')))).toEqual(READ_ONLY);
  expect(await world.stepsOf(() => resource.delete())).toEqual([...WRITTEN, 'ssm:DeleteParameter']);
  expect(await world.stepsOf(() => resource.delete())).toEqual(['ssm:GetParameter']);
});

test('the same request twice comes to the same', async () => {
  const world = new RoleTrustWorld();
  const resource = world.resource();
  await resource.create(world.properties());
  const after = world.role.document;
  expect(await world.stepsOf(() => resource.send('Create', world.properties()))).toEqual(READ_ONLY);
  expect(world.role.document).toBe(after);
  expect(world.record!.previous).toBe(documentOf(VENDOR, SOMEBODY));
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
    const world = new RoleTrustWorld(document);
    const resource = world.resource();
    expect((await resource.create(world.properties('both'))).answer.Status).toBe('SUCCESS');
    expect(world.statements).toEqual(TRUSTS.both);
    expect((await resource.update(world.properties('base'))).answer.Status).toBe('SUCCESS');
    expect(world.statements).toEqual(TRUSTS.base);
    expect((await resource.delete()).Status).toBe('SUCCESS');
    expect(world.role.document).toBe(document);
  });
});

test('a statement alone stays alone where one takes its place', async () => {
  const world = new RoleTrustWorld(`{"Version":"2012-10-17","Statement":${VENDOR}}`);
  await world.resource().create(world.properties('base'));
  expect(world.role.document).toBe(`{"Version":"2012-10-17","Statement":${JSON.stringify(fromBase())}}`);
});

test('what the service may do besides, it may do afterwards', async () => {
  const world = new RoleTrustWorld(documentOf(VENDOR.replace('"sts:AssumeRole"', '["sts:TagSession","sts:AssumeRole"]')));
  const resource = world.resource();
  await resource.create(world.properties('both'));
  await resource.update(world.properties('base'));
  expect(world.statements).toEqual([{ ...fromBase(), Action: ['sts:AssumeRole', 'sts:TagSession'] }]);
  expect(await world.stepsOf(() => resource.update(world.properties('base')))).toEqual(READ_ONLY);
});

test('a role of the base account without external ID is somebody else', async () => {
  const auditor = `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::${BASE}:role/Auditor"},"Action":"sts:AssumeRole"}`;
  const world = new RoleTrustWorld(documentOf(auditor, VENDOR));
  await world.resource().create(world.properties('base'));
  expect(world.role.document).toBe(documentOf(auditor, JSON.stringify(fromBase())));
});

test('accounts of before are those that the code names, and those that this library wrote', async () => {
  const world = new RoleTrustWorld(documentOf(VENDOR.replace(QUALYS, '999988887777')));
  const resource = world.resource();
  expect((await resource.create(world.properties('base'))).answer.Reason).toContain('put its account into formerAccountIds');
  expect((await resource.create(world.properties('base', { FormerAccountIds: [QUALYS, '999988887777'] }))).answer.Status).toBe('SUCCESS');
  const other = [fromBase(EXTERNAL_ID, '444455556666')];
  expect((await resource.update(world.properties(other))).answer.Status).toBe('SUCCESS');
  expect(world.statements).toEqual(other);
  expect((await resource.delete()).Status).toBe('SUCCESS');
  expect(world.statements[0]!.Principal.AWS).toContain('999988887777');
});

test('another external ID takes the place of the one that this library wrote, and the former one comes back', async () => {
  const world = new RoleTrustWorld();
  const resource = world.resource();
  await resource.create(world.properties());
  const changed = world.properties([fromQualys('another-external-id')], { ExternalId: 'another-external-id' });
  expect((await resource.update(changed)).answer.Status).toBe('SUCCESS');
  expect(world.statements[0]).toEqual(fromQualys('another-external-id'));
  expect((await resource.delete()).Status).toBe('SUCCESS');
  expect(world.role.document).toBe(documentOf(VENDOR, SOMEBODY));
});

test('IAM may give the document back in another form', async () => {
  const auditor = '{"Effect":"Allow","Principal":{"AWS":["999988887777","arn:aws:iam::999988887777:user/a"]},"Action":["sts:TagSession","sts:AssumeRole"]}';
  const original = documentOf(VENDOR.replace(`arn:aws:iam::${QUALYS}:root`, QUALYS), SOMEBODY, auditor);
  const world = new RoleTrustWorld(original);
  world.role.rewrites = true;
  const resource = world.resource();
  await resource.create(world.properties('both'));
  expect(world.role.document).toBe(rewritten(world.role.written[0]!));
  expect((await resource.update(world.properties('base'))).answer.Status).toBe('SUCCESS');
  expect(await world.stepsOf(() => resource.update(world.properties('base')))).toEqual(READ_ONLY);
  world.role.change(rewritten(original)); // as who made the role may have put it back
  expect((await resource.update(world.properties('both'))).answer.Status).toBe('SUCCESS');
  expect((await resource.delete()).Status).toBe('SUCCESS');
  expect(world.role.written.at(-1)).toBe(original);
});

test.each([1, 2, 5])('a read that is %i writes old changes nothing about the end', async (staleReads) => {
  const world = new RoleTrustWorld();
  const resource = world.resource();
  await resource.create(world.properties('qualys'));
  for (const trust of ['both', 'qualys', 'both', 'base'] as const) {
    world.role.staleReads = staleReads;
    expect((await resource.update(world.properties(trust))).answer.Status).toBe('SUCCESS');
    expect(world.statements).toEqual([...TRUSTS[trust], JSON.parse(SOMEBODY)]);
  }
  world.role.staleReads = staleReads;
  expect((await resource.delete()).Status).toBe('SUCCESS');
  expect(world.role.document).toBe(documentOf(VENDOR, SOMEBODY));
});

test('a document that is too long to be kept as it is, is kept all the same', async () => {
  const long = `{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:RequestTag/a":"${'a{{b'.repeat(200)}"}}}`;
  const document = documentOf(VENDOR, long).replaceAll('\n', '\n'.padEnd(2000));
  const world = new RoleTrustWorld(document);
  const resource = world.resource();
  expect((await resource.create(world.properties())).answer.Status).toBe('SUCCESS');
  expect(world.record!.previous).toBe(document);
  expect(world.parameters.get(RECORD)!.length).toBeLessThan(4096);
  expect((await resource.delete()).Status).toBe('SUCCESS');
  expect(world.role.document).toBe(document);
});

test('another role has its trust edited, and the former one has its own back', async () => {
  const world = new RoleTrustWorld();
  const resource = world.resource();
  await resource.create(world.properties());
  const other = new FakeRole(documentOf(VENDOR));
  world.roles.set('Other', other);
  const { answer, cleanUp } = await resource.update(world.properties('both', { RoleArn: 'arn:aws:iam::222233334444:role/security/Other', RecordName: `${RECORD}-other` }));
  expect([answer.PhysicalResourceId, cleanUp!.Status]).toEqual(['qualys-role-trust:222233334444:Other', 'SUCCESS']);
  expect(JSON.parse(other.document!).Statement).toEqual(TRUSTS.both);
  expect(world.role.document).toBe(documentOf(VENDOR, SOMEBODY));
  expect([...world.parameters.keys()]).toEqual([`${RECORD}-other`]);
});
