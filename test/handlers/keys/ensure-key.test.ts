import { KeyWorld, USER } from './world';
import { ensureKey } from '../../../lambda/keys/ensure-key';
import { settledNote } from '../../../lambda/keys/minting-note';
import { Calls, Fault } from '../../support/fake-aws/calls';

const REQUEST = '7c8a4f9e-0f7e-4a55-8f57-3f2c7c1d9a01';
const LATER_REQUEST = '0b1de7a2-4f61-4f0c-9d0e-6f1f0d3b2c02';

let world: KeyWorld;
beforeEach(() => { world = new KeyWorld(); });

describe('the first key', () => {
  test('is made, stored as the current version with user and account, and answered', async () => {
    const key = await ensureKey(world.engine(), REQUEST);
    expect(world.keyIds).toEqual([key.accessKeyId]);
    expect(world.secret.json('AWSCURRENT')).toEqual({
      accessKeyId: key.accessKeyId,
      secretAccessKey: world.account.keys[0]!.secretAccessKey,
      userName: USER,
      accountId: '111111111111',
    });
    expect(world.secret.versions).toHaveLength(1);
    expect(world.secret.tag).toBe(settledNote(REQUEST, 'the-stack'));
  });

  test('survives a replay of the same request and a later request', async () => {
    const first = await ensureKey(world.engine(), REQUEST);
    const calls = new Calls();
    expect(await ensureKey(world.engine(calls), REQUEST)).toEqual(first);
    expect(await ensureKey(world.engine(calls), LATER_REQUEST)).toEqual(first);
    expect(world.keyIds).toEqual([first.accessKeyId]);
    expect(new Set(calls.steps)).toEqual(new Set(['secretsmanager:DescribeSecret', 'iam:ListAccessKeys', 'secretsmanager:GetSecretValue']));
  });

  test('is one key when the same request runs twice at the same time', async () => {
    const [a, b] = await Promise.all([ensureKey(world.engine(), REQUEST), ensureKey(world.engine(), REQUEST)]);
    expect(a).toEqual(b);
    expect(world.keyIds).toEqual([a!.accessKeyId]);
    expect(world.workingKey).toBe(a!.accessKeyId);
  });
});

describe('a key that was there already', () => {
  test('of a person stays, and a second one is made beside it', async () => {
    const foreign = world.foreignKey();
    const key = await ensureKey(world.engine(), REQUEST);
    expect(world.keyIds).toEqual([foreign, key.accessKeyId]);
  });

  test('two of them stop it with their IDs, and nothing is deleted (fault 31)', async () => {
    const ids = [world.foreignKey(), world.foreignKey()];
    await expect(ensureKey(world.engine(), REQUEST)).rejects.toThrow(
      `the user ${USER} has two access keys already (${ids[0]} and ${ids[1]}), IAM's limit, so no key can be made; nothing was deleted`);
    expect(world.keyIds).toEqual(ids);
    expect(world.secret.versions).toEqual([]);
  });
});

describe('behind our back (faults 34, 44 and 65)', () => {
  test.each([
    ['deleted', () => { world.account.keys.length = 0; }],
    ['deactivated', () => { world.account.keys[0]!.status = 'Inactive'; }],
    ['expired', () => { world.account.keys[0]!.status = 'Expired'; }],
  ])('a key that was %s is followed by a fresh one', async (_, happen) => {
    const first = await ensureKey(world.engine(), REQUEST);
    happen();
    const second = await ensureKey(world.engine(), LATER_REQUEST);
    expect(second.accessKeyId).not.toBe(first.accessKeyId);
    expect(world.workingKey).toBe(second.accessKeyId);
  });

  test('a secret that waits for its deletion is an error that says how to restore it', async () => {
    world.secret.deleted = true;
    await expect(ensureKey(world.engine(), REQUEST)).rejects.toThrow('is scheduled for deletion. Restore it (aws secretsmanager restore-secret)');
    expect(world.keyIds).toEqual([]);
  });

  test.each([
    ['no JSON', 'hunter2hunter2', 'does not hold JSON'],
    ['a missing field', '{"accessKeyId":"AKIA1","userName":"u","accountId":"1"}', "lacks a usable field 'secretAccessKey'"],
    ['another type', '[1]', 'lacks a usable field'],
  ])('a secret with %s is an error that does not repeat it (fault 66)', async (_, value, message) => {
    world.secret.put('v1', value, 'AWSCURRENT');
    const error: Error = await ensureKey(world.engine(), REQUEST).then(() => { throw new Error('passed'); }, (reason) => reason);
    expect(error.message).toContain(message);
    expect(error.message).not.toContain('hunter2');
    expect(world.keyIds).toEqual([]);
  });
});

describe('another user', () => {
  test('gets a key of its own, and the rollback finds the first one again', async () => {
    const first = await ensureKey(world.engine(), REQUEST);
    world.account.users.add('renamed');
    const second = await ensureKey(world.engine(new Calls(), 'renamed'), LATER_REQUEST);
    expect(world.secret.json('AWSCURRENT')).toMatchObject({ userName: 'renamed', accessKeyId: second.accessKeyId });

    const back = await ensureKey(world.engine(), 'd0000000-0000-4000-8000-000000000003');
    expect(back).toEqual(first);
    expect(world.workingKey).toBe(first.accessKeyId);
    expect(world.keyIds).toHaveLength(2);
  });

  test('that does not exist is named', async () => {
    await expect(ensureKey(world.engine(new Calls(), 'nobody'), REQUEST)).rejects.toThrow('the IAM user nobody does not exist in account 111111111111');
  });
});

describe('a fault at any call', () => {
  const steps = 9; // describe, list, list, describe, tag, describe, create, put, describe, tag: the last one comes after the key is safe
  const kinds: Fault[] = ['refuse', 'lose-answer', 'kill'];
  const cases = kinds.flatMap((kind) => Array.from({ length: steps + 1 }, (_, k) => [kind, k + 1] as const));

  test('covers every call', async () => {
    const calls = new Calls();
    await ensureKey(world.engine(calls), REQUEST);
    expect(calls.steps).toHaveLength(steps + 1);
  });

  test.each(cases)('%s at call %i: the repetition ends with one working key and no other', async (kind, at) => {
    await ensureKey(world.engine(new Calls({ at, kind })), REQUEST).catch(() => undefined);
    expect(world.keyIds.length).toBeLessThanOrEqual(2);
    if (kind !== 'kill') { // nothing half-made is left when the handler could still act
      expect(world.keyIds.filter((id) => id !== world.workingKey)).toEqual([]);
    }

    world.clock.advance(60_000);
    const key = await ensureKey(world.engine(), REQUEST);
    expect(world.workingKey).toBe(key.accessKeyId);
    expect(await ensureKey(world.engine(), LATER_REQUEST)).toEqual(key);
    expect(world.keyIds).toEqual([key.accessKeyId]);
  });

  test('a key that a person makes long after a crash is not taken for an orphan', async () => {
    await ensureKey(world.engine(new Calls({ at: 7, kind: 'kill' })), REQUEST).catch(() => undefined);
    world.clock.advance(60 * 60_000);
    const foreign = world.foreignKey();
    const key = await ensureKey(world.engine(), LATER_REQUEST);
    expect(world.keyIds).toEqual([foreign, key.accessKeyId]);
  });
});
