import { ask, change } from './requests';
import { BaseAccountStage } from '../../support/base-account-stage';
import { Operation } from '../matrix';

/** A user and an empty secret. */
async function bare(): Promise<BaseAccountStage> {
  const stage = new BaseAccountStage();
  stage.world.aws.account.users.add('qualys-base-account');
  stage.world.aws.secret(stage.secretArn);
  return stage;
}

async function withKey(): Promise<BaseAccountStage> {
  const stage = new BaseAccountStage();
  await stage.deploy({ withoutRegistration: true });
  return stage;
}

const properties = (stage: BaseAccountStage, UserName = 'qualys-base-account') => ({
  SchemaVersion: '1', AwsAccountId: '111111111111', UserName, SecretArn: stage.secretArn,
});

export const KEY_OPERATIONS: readonly Operation[] = [
  {
    name: 'create a key',
    holds: 'faults 5 and 6',
    prepare: bare,
    run: (stage, token) => ask(stage, token, { handler: 'access-key', requestType: 'Create', logicalId: 'Key', properties: properties(stage) }),
    end: (stage) => expect(stage.keyIds).toEqual([stage.currentKey]),
  },
  {
    name: 'give another user a key',
    prepare: async () => {
      const stage = await withKey();
      stage.world.aws.account.users.add('renamed');
      return stage;
    },
    // Another user is another physical ID; the old one is deleted later.
    run: (stage, token) => ask(stage, token, change(stage, 'Update', 'Key', properties(stage, 'renamed'))),
    end: (stage) => expect(stage.secret.json('AWSCURRENT')!.userName).toBe('renamed'),
  },
  {
    name: 'find the key that is there',
    prepare: withKey,
    run: (stage, token) => ask(stage, token, change(stage, 'Update', 'Key', { Later: 'x' })),
    end: (stage) => expect(stage.keyIds).toEqual([stage.currentKey]),
  },
  {
    name: 'delete a key',
    removes: true,
    prepare: withKey,
    run: (stage, token) => ask(stage, token, change(stage, 'Delete', 'Key')),
    end: (stage) => expect(stage.keyIds).toEqual([]),
  },
];
