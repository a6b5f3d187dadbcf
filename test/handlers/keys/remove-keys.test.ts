import { KeyWorld, USER } from './world';
import { describeSecret } from '../../../lambda/keys/engine';
import { ensureKey } from '../../../lambda/keys/ensure-key';
import { mintKey } from '../../../lambda/keys/mint';
import { removeKeys } from '../../../lambda/keys/remove-keys';
import { MINTING_TAG } from '../../../src/wire/access-key';
import { Calls } from '../../support/fake-aws/calls';

const REQUEST = '7c8a4f9e-0f7e-4a55-8f57-3f2c7c1d9a01';
const LATER_REQUEST = '0b1de7a2-4f61-4f0c-9d0e-6f1f0d3b2c02';

let world: KeyWorld;
beforeEach(() => { world = new KeyWorld(); });

test('removes the key that the secret names', async () => {
  await ensureKey(world.engine(), REQUEST);
  await removeKeys(world.engine());
  expect(world.keyIds).toEqual([]);
});

test('removes a key that an interrupted attempt left', async () => {
  await ensureKey(world.engine(new Calls({ at: 7, kind: 'kill' })), REQUEST).catch(() => undefined);
  expect(world.keyIds).toHaveLength(1);
  await removeKeys(world.engine());
  expect(world.keyIds).toEqual([]);
});

test('a key that it did not make fails it with the ID, and keeps every key', async () => {
  const own = await ensureKey(world.engine(), REQUEST);
  world.clock.advance(60 * 60_000);
  const foreign = world.foreignKey();
  await expect(removeKeys(world.engine())).rejects.toThrow(`did not make: ${foreign}. Nothing was deleted`);
  expect(world.keyIds).toEqual([own.accessKeyId, foreign]);
});

test('without the secret no key is known to be its own', async () => {
  const own = await ensureKey(world.engine(), REQUEST);
  world.secret.deleted = true;
  await expect(removeKeys(world.engine())).rejects.toThrow(own.accessKeyId);
});

test.each([
  ['of a user that is gone', () => { world.account.users.delete(USER); }],
  ['of a user without keys', () => undefined],
])('%s: nothing to do', async (_, happen) => {
  happen();
  await expect(removeKeys(world.engine())).resolves.toBeUndefined();
});

test('of the user before a change of its name: the new user keeps its key', async () => {
  await ensureKey(world.engine(), REQUEST);
  world.account.users.add('renamed');
  const kept = await ensureKey(world.engine(new Calls(), 'renamed'), '0b1de7a2-4f61-4f0c-9d0e-6f1f0d3b2c02');
  await removeKeys(world.engine());
  expect(world.keyIds).toEqual([kept.accessKeyId]);
});

describe('a key that another stack made', () => {
  const redeployed = (calls = new Calls()) => world.engine(calls, USER, 'the-stack-again');

  test('stays, and works, when the deployment that found it is taken back', async () => {
    const kept = await ensureKey(world.engine(), REQUEST);
    expect(await ensureKey(redeployed(), LATER_REQUEST)).toEqual(kept);
    await removeKeys(redeployed());
    expect(world.workingKey).toBe(kept.accessKeyId);
  });

  test('stays also where that deployment failed before it looked', async () => {
    const kept = await ensureKey(world.engine(), REQUEST);
    await ensureKey(redeployed(new Calls({ at: 1, kind: 'kill' })), LATER_REQUEST).catch(() => undefined);
    await removeKeys(redeployed());
    expect(world.workingKey).toBe(kept.accessKeyId);
  });

  test('stays after a rotation, which does not change whose it is', async () => {
    await ensureKey(world.engine(), REQUEST);
    const rotation = { ...world.engine(), stack: undefined };
    const rotated = await mintKey(rotation, LATER_REQUEST, 'AWSCURRENT', await describeSecret(rotation));
    await removeKeys(redeployed());
    expect(world.workingKey).toBe(rotated.accessKeyId);
    await removeKeys(world.engine());
    expect(world.keyIds).toEqual([]);
  });

  test('and that is gone: the one made for it goes with the stack that made it', async () => {
    await ensureKey(world.engine(), REQUEST);
    world.account.keys.length = 0;
    await ensureKey(redeployed(), LATER_REQUEST);
    await removeKeys(redeployed());
    expect(world.keyIds).toEqual([]);
  });
});

test('where an earlier version of the library made the key, which did not say in which stack, it goes', async () => {
  await ensureKey(world.engine(), REQUEST);
  world.secret.tags.set(MINTING_TAG, 'none');
  await removeKeys(world.engine());
  expect(world.keyIds).toEqual([]);
});
