import { documentOf, EXTERNAL_ID, RoleTrustWorld, SOMEBODY, TRUSTS, VENDOR } from './world';
import type { StackResource } from '../../support/cloudformation/stack-resource';
import { Calls, Fault } from '../../support/fake-aws/calls';

const KINDS: Fault[] = ['refuse', 'lose-answer', 'kill'];
const ORIGINAL = documentOf(VENDOR, SOMEBODY);
type Trust = keyof typeof TRUSTS;

/** Whom the role lets in that are of the service. */
const accounts = (world: RoleTrustWorld) => world.statements
  .filter(({ Condition }) => Condition?.StringEquals['sts:ExternalId'] === EXTERNAL_ID).map(({ Principal }) => Principal.AWS.split(':')[4]);

/**
 * Plays a story with one call broken, for every call of it, and in each way; then goes on as CloudFormation does. At no instant
 * is anybody locked out who is let in both before and after, and the others' statement is always there.
 */
async function sweep(
  kind: Fault,
  prepare: (world: RoleTrustWorld) => Promise<StackResource>,
  act: (resource: StackResource, world: RoleTrustWorld) => Promise<{ readonly Status: string }>,
  finish: (resource: StackResource, world: RoleTrustWorld) => Promise<void>,
): Promise<void> {
  const counted = new RoleTrustWorld();
  const ready = await prepare(counted);
  const before = accounts(counted);
  const count = (await counted.stepsOf(() => act(ready, counted))).length;
  const always = before.filter((account) => accounts(counted).includes(account));
  expect(count).toBeGreaterThanOrEqual(5);

  for (let at = 1; at <= count; at++) {
    const world = new RoleTrustWorld();
    const resource = await prepare(world);
    const violations: string[] = [];
    const watch = () => {
      const now = accounts(world);
      if (always.some((account) => !now.includes(account))) violations.push(`somebody is locked out, fault at call ${at}`);
      if (!world.role.document!.includes(SOMEBODY)) violations.push(`another's statement is lost, fault at call ${at}`);
    };
    world.calls = new Calls({ at, kind }, watch);
    expect((await act(resource, world)).Status).toBe('FAILED');
    world.calls = new Calls(undefined, watch);
    await finish(resource, world);
    expect(violations).toEqual([]);
  }
}

const gone = async (resource: StackResource, world: RoleTrustWorld) => {
  expect((await resource.delete()).Status).toBe('SUCCESS');
  expect([world.role.document, world.parameters.size]).toEqual([ORIGINAL, 0]);
};

/** After the story: who was let in by it is so no more. */
const removed = async (resource: StackResource, world: RoleTrustWorld) => {
  world.calls = new Calls();
  await gone(resource, world);
};

const trusting = (trust: Trust) => async (world: RoleTrustWorld) => {
  const resource = world.resource({ logicalId: 'Before' });
  await resource.create(world.properties(trust));
  return resource;
};

describe.each(KINDS)('%s at any call', (kind) => {
  const create = (resource: StackResource, world: RoleTrustWorld) => resource.send('Create', world.properties('both'));
  const nothing = async (world: RoleTrustWorld) => world.resource();

  test('a create, and its clean-up', () => sweep(kind, nothing, create, async (resource, world) => {
    resource.physicalId = 'qualys-role-trust:222233334444:QualysCSPMReadOnlyRole';
    expect((await resource.send('Delete', world.properties('both'))).Status).toBe('SUCCESS');
    expect([world.role.document, world.parameters.size]).toEqual([ORIGINAL, 0]);
  }));

  test('a create, and its repetition', () => sweep(kind, nothing, create, async (resource, world) => {
    expect((await resource.create(world.properties('both'))).answer.Status).toBe('SUCCESS');
    expect(world.statements).toEqual([...TRUSTS.both, JSON.parse(SOMEBODY)]);
    await removed(resource, world);
  }));

  describe.each<[Trust, Trust]>([['qualys', 'both'], ['both', 'base'], ['base', 'both'], ['both', 'qualys']])('an update from %s to %s', (from, to) => {
    const update = (resource: StackResource, world: RoleTrustWorld) => resource.send('Update', world.properties(to), { OldResourceProperties: world.properties(from) });

    test('and its rollback', () => sweep(kind, trusting(from), update, async (resource, world) => {
      const rollback = await resource.send('Update', world.properties(from), { OldResourceProperties: world.properties(to) });
      expect(rollback.Status).toBe('SUCCESS');
      expect(world.statements).toEqual([...TRUSTS[from], JSON.parse(SOMEBODY)]);
      await removed(resource, world);
    }));

    test('and its repetition', () => sweep(kind, trusting(from), update, async (resource, world) => {
      expect((await resource.update(world.properties(to))).answer.Status).toBe('SUCCESS');
      expect(world.statements).toEqual([...TRUSTS[to], JSON.parse(SOMEBODY)]);
      await removed(resource, world);
    }));
  });

  test('a delete, and its repetition', () => sweep(kind, trusting('both'), (resource) => resource.delete(), gone));

  test('a renaming, and its rollback', () => sweep(
    kind,
    async (world) => {
      await trusting('both')(world);
      world.kept.add('Before');
      return world.resource({ logicalId: 'After' });
    },
    (resource, world) => resource.send('Create', world.properties('base')),
    async (resource, world) => {
      resource.physicalId = 'qualys-role-trust:222233334444:QualysCSPMReadOnlyRole';
      expect((await resource.send('Delete', world.properties('base'))).Status).toBe('SUCCESS');
      expect(world.statements).toEqual([...TRUSTS.both, JSON.parse(SOMEBODY)]);
      const before = world.resource({ logicalId: 'Before' });
      before.physicalId = resource.physicalId;
      world.calls = new Calls();
      expect((await before.send('Delete', world.properties('both'))).Status).toBe('SUCCESS');
      expect([world.role.document, world.parameters.size]).toEqual([ORIGINAL, 0]);
    },
  ));
});
