import { BASE, documentOf, EXTERNAL_ID, fromBase, fromQualys, RECORD, RoleTrustWorld, SOMEBODY, TRUSTS, VENDOR } from './world';

const NEWCOMER = '{"Sid":"New","Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}';

describe('when others change the role meanwhile', () => {
  test('their statements are kept as they are now, by an update and by the delete', async () => {
    const world = new RoleTrustWorld();
    const resource = world.resource();
    await resource.create(world.properties('both'));
    world.role.change(documentOf(NEWCOMER, ...TRUSTS.both.map((statement) => JSON.stringify(statement))));
    await resource.update(world.properties('base'));
    expect(world.role.document).toBe(documentOf(NEWCOMER, JSON.stringify(fromBase())));
    expect((await resource.delete()).Status).toBe('SUCCESS');
    expect(world.role.document).toBe(documentOf(NEWCOMER, VENDOR));
  });

  test.each([
    ['another condition', [{ ...fromQualys(), Sid: 'ByHand' }]],
    ['one of two', [fromBase()]],
  ])('the service\'s own statements are not overwritten: %s', async (_, byHand) => {
    const world = new RoleTrustWorld();
    const resource = world.resource();
    await resource.create(world.properties('both'));
    const changed = documentOf(...byHand.map((statement) => JSON.stringify(statement)), SOMEBODY);
    world.role.change(changed);

    const { answer, rollback } = await resource.update(world.properties('qualys'));
    expect(answer.Reason).toContain('the statements that let the connector service into QualysCSPMReadOnlyRole were changed by somebody else since the last deployment. '
      + 'Put them back, or set adoptExisting');
    expect(rollback!.Status).toBe('SUCCESS');

    const deleted = await resource.delete();
    expect(deleted.Reason).toContain('was not put back: the statements that let the connector service in were changed by somebody else since the last deployment. '
      + `To leave the role as it is, delete the parameter ${RECORD} in Parameter Store, then delete again`);
    expect([world.role.document, world.role.written.length]).toEqual([changed, 1]);

    world.parameters.delete(RECORD);
    expect((await resource.delete()).Status).toBe('SUCCESS');
    expect(world.role.document).toBe(changed);
  });

  test('with adoptExisting what stands there becomes what is put back', async () => {
    const world = new RoleTrustWorld();
    const resource = world.resource();
    await resource.create(world.properties('both'));
    const byHand = documentOf(JSON.stringify({ ...fromQualys(), Sid: 'ByHand' }));
    world.role.change(byHand);
    expect((await resource.update(world.properties('base', { AdoptExisting: 'true' }))).answer.Status).toBe('SUCCESS');
    expect(world.statements).toEqual(TRUSTS.base);
    expect((await resource.delete()).Status).toBe('SUCCESS');
    expect(world.role.document).toBe(byHand);
  });

  test.each([
    ['a Deny', documentOf(JSON.stringify(fromBase()), NEWCOMER.replace('Allow', 'Deny'))],
    ['nobody of the service', documentOf(NEWCOMER)],
  ])('a delete does not touch what it does not understand: %s', async (_, changed) => {
    const world = new RoleTrustWorld();
    const resource = world.resource();
    await resource.create(world.properties('base'));
    world.role.change(changed);
    const answer = await resource.delete();
    expect([answer.Status, answer.Reason]).toEqual(['FAILED', expect.stringContaining('To leave the role as it is, delete the parameter')]);
    expect(world.role.document).toBe(changed);
    expect(world.record).toBeDefined();
  });

  test('a role that was made anew, with its trust of before, is edited again', async () => {
    const world = new RoleTrustWorld();
    const resource = world.resource();
    await resource.create(world.properties('both'));
    world.role.change(documentOf(VENDOR, SOMEBODY));
    expect((await resource.update(world.properties('base'))).answer.Status).toBe('SUCCESS');
    expect(world.role.document).toBe(documentOf(JSON.stringify(fromBase()), SOMEBODY));
  });

  test('a role that has its trust of before is nothing to put back, and one that is gone neither', async () => {
    for (const document of [documentOf(VENDOR), undefined]) {
      const world = new RoleTrustWorld();
      const resource = world.resource();
      await resource.create(world.properties('both'));
      world.role.change(document);
      expect((await resource.delete()).Status).toBe('SUCCESS');
      expect([world.role.document, world.parameters.size]).toEqual([document, 0]);
    }
  });

  test('a principal that was deleted meanwhile keeps the former trust from coming back, and the delete says so', async () => {
    const world = new RoleTrustWorld(documentOf(VENDOR.replace('805950163170', '999988887777')));
    const resource = world.resource();
    await resource.create(world.properties('base', { FormerAccountIds: ['999988887777'] }));
    world.role.unknownAccounts.add('999988887777');
    const answer = await resource.delete();
    expect(answer.Reason).toContain('IAM does not take the new trust policy');
    expect(answer.Reason).toContain('To leave the role as it is, delete the parameter');
    expect([world.statements, world.record!.confirmed]).toEqual([TRUSTS.base, expect.any(String)]);
  });
});

describe('when another resource edits the role', () => {
  test('one of another stack is told whose it is; its clean-up and its delete change nothing', async () => {
    const world = new RoleTrustWorld();
    await world.resource().create(world.properties('both'));
    const { document } = world.role;
    const other = world.resource({ stackName: 'Other' });
    const { answer, cleanUp } = await other.create(world.properties('qualys'));
    expect(answer.Reason).toContain('the resource BaseAccountRegistration1A2B3C4D of the stack CentralSecurity');
    expect(answer.Reason).toContain('edits its trust already. Remove it there, or set adoptExisting');
    expect([cleanUp!.Status, world.role.document, world.record!.owner.stackId]).toEqual(['SUCCESS', document, expect.stringContaining('CentralSecurity')]);
  });

  test('with adoptExisting it takes over the trust as it stands, and the other one\'s delete changes nothing', async () => {
    const world = new RoleTrustWorld();
    const first = world.resource();
    await first.create(world.properties('both'));
    const edited = world.role.document;
    const second = world.resource({ stackName: 'Other' });
    expect((await second.create(world.properties('base', { AdoptExisting: 'true' }))).answer.Status).toBe('SUCCESS');
    expect((await first.delete()).Status).toBe('SUCCESS');
    expect(world.statements[0]).toEqual(fromBase());
    expect((await second.delete()).Status).toBe('SUCCESS');
    expect(world.role.document).toBe(edited);
  });

  test('two that begin at the same time: one of them is told', async () => {
    const world = new RoleTrustWorld();
    const answers = await Promise.all(['One', 'Other'].map((stackName) => world.resource({ stackName }).send('Create', world.properties('base'))));
    expect(answers.map(({ Status }) => Status).sort()).toEqual(['FAILED', 'SUCCESS']);
    expect(answers.find(({ Status }) => Status === 'FAILED')!.Reason).toContain('another stack began to edit its trust a moment ago');
    expect(world.role.written).toHaveLength(1);
  });

  test('a renamed construct takes over at once, and the late delete of the old one leaves it alone', async () => {
    const world = new RoleTrustWorld();
    const before = world.resource({ logicalId: 'Before' });
    await before.create(world.properties('both'));
    const after = world.resource({ logicalId: 'After' });
    expect((await after.create(world.properties('base'))).answer.Status).toBe('SUCCESS');
    world.kept.add('After');
    expect((await before.delete()).Status).toBe('SUCCESS');
    expect([world.statements[0], world.record!.predecessor]).toEqual([fromBase(), undefined]);
    expect((await after.delete()).Status).toBe('SUCCESS');
    expect([world.role.document, world.parameters.size]).toEqual([documentOf(VENDOR, SOMEBODY), 0]);
  });

  test('a renaming that is rolled back gives the role back as the old construct had it', async () => {
    const world = new RoleTrustWorld();
    const before = world.resource({ logicalId: 'Before' });
    await before.create(world.properties('both'));
    const { document } = world.role;
    const after = world.resource({ logicalId: 'After' });
    await after.create(world.properties('base'));
    world.kept.add('Before');
    expect((await after.delete()).Status).toBe('SUCCESS');
    expect([world.role.document, world.record!.owner.logicalId, world.record!.predecessor]).toEqual([document, 'Before', undefined]);
    expect((await before.update(world.properties('base'))).answer.Status).toBe('SUCCESS');
    expect((await before.delete()).Status).toBe('SUCCESS');
    expect([world.role.document, world.parameters.size]).toEqual([documentOf(VENDOR, SOMEBODY), 0]);
  });

  test('what a renaming has left behind keeps nothing: the last one that is deleted puts the trust back, old or new', async () => {
    for (const last of ['Before', 'After']) {
      const world = new RoleTrustWorld();
      const resources = { Before: world.resource({ logicalId: 'Before' }), After: world.resource({ logicalId: 'After' }) };
      await resources.Before.create(world.properties('both'));
      await resources.After.create(world.properties('base'));
      expect((await resources[last as keyof typeof resources].delete()).Status).toBe('SUCCESS');
      expect([last, world.role.document, world.parameters.size]).toEqual([last, documentOf(VENDOR, SOMEBODY), 0]);
    }
  });

  test('a record that was deleted by hand is begun anew with the trust as it is', async () => {
    const world = new RoleTrustWorld();
    const resource = world.resource();
    await resource.create(world.properties('both'));
    const edited = world.role.document;
    world.parameters.clear();
    expect((await resource.update(world.properties('base'))).answer.Status).toBe('SUCCESS');
    expect((await resource.delete()).Status).toBe('SUCCESS');
    expect(world.role.document).toBe(edited);
  });
});

test('an update that fails elsewhere in the stack is rolled back', async () => {
  const world = new RoleTrustWorld();
  const resource = world.resource();
  await resource.create(world.properties('qualys'));
  const { document } = world.role;
  await resource.update(world.properties('both'));
  expect((await resource.update(world.properties('qualys'))).answer.Status).toBe('SUCCESS');
  expect(world.role.document).toBe(document);
});

test('an ID that CloudFormation invented is recognized by the properties', async () => {
  const world = new RoleTrustWorld();
  const resource = world.resource();
  await resource.create(world.properties());
  expect((await resource.send('Delete', world.properties(), { PhysicalResourceId: 'Stack-Trust1A2B3C4D-1ABCDEFGHIJKL' })).Status).toBe('SUCCESS');
  expect(world.role.document).toBe(documentOf(VENDOR, SOMEBODY));
});

test('nothing of the trust policy is in the log', async () => {
  const world = new RoleTrustWorld();
  const resource = world.resource();
  await resource.create(world.properties());
  await resource.delete();
  expect(world.log.join('\n')).not.toMatch(new RegExp(`${EXTERNAL_ID}|${BASE}|Statement`));
});
