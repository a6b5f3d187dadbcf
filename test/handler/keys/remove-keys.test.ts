import { KeyWorld, USER } from './world';
import { ensureKey } from '../../../lambda/keys/ensure-key';
import { removeKeys } from '../../../lambda/keys/remove-keys';
import { Calls } from '../../support/fake-aws/calls';

const REQUEST = '7c8a4f9e-0f7e-4a55-8f57-3f2c7c1d9a01';

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
