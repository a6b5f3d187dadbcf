import { succeeds } from './succeeds';
import { FAULTS } from '../../support/lambda/faults';
import { BaseAccountStage } from '../../support/stage/base-account-stage';
import { Operation } from '../matrix/matrix';

/** User, secret and functions, and no key. */
async function bare(): Promise<BaseAccountStage> {
  const stage = new BaseAccountStage();
  await stage.deploy({}, { without: ['UserKey', 'Registration'] });
  return stage;
}

async function withKey(): Promise<BaseAccountStage> {
  const stage = new BaseAccountStage();
  await stage.deploy({}, { without: ['Registration'] });
  return stage;
}

export const KEY_OPERATIONS: ReadonlyArray<Operation<BaseAccountStage>> = [
  {
    name: 'create a key',
    holds: 'faults 5 and 6',
    tidies: FAULTS.filter((fault) => !['hang', 'hang-after', 'kill'].includes(fault)),
    prepare: bare,
    run: (stage, requestId) => succeeds(stage.ask('Create', 'UserKey', { requestId })),
    end: (stage) => expect(stage.keyIds).toEqual([stage.currentKey]),
  },
  {
    name: 'give another user a key',
    prepare: withKey,
    // Another user is another physical ID; the old one is deleted later.
    run: (stage, requestId) => succeeds(stage.ask('Update', 'UserKey', { app: { userName: 'renamed' }, requestId })),
    end: (stage) => expect(stage.secret.json('AWSCURRENT')!.userName).toBe('renamed'),
  },
  {
    name: 'find the key that is there',
    prepare: withKey,
    run: (stage, requestId) => succeeds(stage.ask('Update', 'UserKey', { raw: { UserKey: { Later: 'x' } }, requestId })),
    end: (stage) => expect(stage.keyIds).toEqual([stage.currentKey]),
  },
  {
    name: 'delete a key',
    removes: true,
    prepare: withKey,
    run: (stage, requestId) => succeeds(stage.ask('Delete', 'UserKey', { requestId })),
    end: (stage) => expect(stage.keyIds).toEqual([]),
  },
];
