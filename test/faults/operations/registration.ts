import { ask, change } from './requests';
import { BaseAccountStage, Deployment } from '../../support/base-account-stage';
import { Operation } from '../matrix';

const TOPIC = 'arn:aws:sns:us-east-1:111111111111:people';
const CONSOLE = { Delivery: { Mode: 'CONSOLE', NotifyTopicArn: TOPIC } } as const;

/** User, secret and key stand. */
async function withKey(writeApi = true): Promise<BaseAccountStage> {
  const stage = new BaseAccountStage({ writeApi });
  stage.world.aws.topics.add(TOPIC);
  await stage.deploy({ withoutRegistration: true });
  return stage;
}

async function registered(deployment: Deployment = {}): Promise<BaseAccountStage> {
  const stage = await withKey();
  await stage.deploy(deployment);
  return stage;
}

const create = async (stage: BaseAccountStage, token: string, changes: object = {}) => ask(stage, token, {
  handler: 'base-account',
  requestType: 'Create',
  logicalId: 'Registration',
  properties: { ...stage.properties(), AccessKeyId: stage.currentKey, ...changes },
});

/** Another key is the current one, as after a rotation that another stack's Update has to follow; the old one stays valid. */
function replaceKey(stage: BaseAccountStage): void {
  const { accessKeyId, secretAccessKey } = stage.world.aws.account.createKey('qualys-base-account');
  stage.secret.put('9'.repeat(32), JSON.stringify({ ...stage.secret.json('AWSCURRENT'), accessKeyId, secretAccessKey }), 'AWSCURRENT');
}

const atService = (stage: BaseAccountStage) => stage.world.service.baseAccounts();

export const REGISTRATION_OPERATIONS: readonly Operation[] = [
  {
    name: 'register through the API',
    holds: 'faults 4 and 7',
    prepare: withKey,
    run: create,
    end: (stage) => expect(atService(stage)).toMatchObject([{ title: 'Central Security', accessKeyId: stage.currentKey }]),
  },
  {
    name: 'register where people have to enter the key',
    prepare: () => withKey(false),
    run: (stage, token) => create(stage, token, CONSOLE),
    end: (stage) => expect(stage.record).toMatchObject({ status: 'AWAITING_CONSOLE', accessKeyId: stage.currentKey }),
  },
  {
    name: 'change the title',
    holds: 'fault 7',
    prepare: registered,
    run: (stage, token) => ask(stage, token, change(stage, 'Update', 'Registration', { Title: 'Other' })),
    end: (stage) => expect(atService(stage)).toMatchObject([{ title: 'Other', accessKeyId: stage.currentKey }]),
  },
  {
    name: 'bring another key',
    holds: 'fault 7',
    prepare: async () => {
      const stage = await registered();
      replaceKey(stage);
      return stage;
    },
    run: (stage, token) => ask(stage, token, change(stage, 'Update', 'Registration', { AccessKeyId: stage.currentKey })),
    end: (stage) => expect(atService(stage)).toMatchObject([{ accessKeyId: stage.currentKey }]),
  },
  {
    name: 'adopt an entry that is there',
    prepare: async () => {
      const stage = await withKey();
      stage.world.service.console.createBaseAccount({
        title: 'Typed', awsAccountId: '111111111111', accountType: 'Global', accessKeyId: stage.currentKey!, secretAccessKey: 'x',
      });
      return stage;
    },
    run: (stage, token) => create(stage, token, { AdoptExisting: 'true' }),
    end: (stage) => expect(stage.record).toMatchObject({ adopted: true, status: 'REGISTERED' }),
  },
  {
    name: 'delete the registration',
    removes: true,
    prepare: registered,
    run: (stage, token) => ask(stage, token, change(stage, 'Delete', 'Registration')),
    end: (stage) => {
      expect(atService(stage)).toEqual([]);
      expect(stage.record).toBeUndefined();
    },
  },
  {
    name: 'delete a registration that another stack has',
    prepare: registered,
    run: (stage, token) => ask(stage, token, { ...change(stage, 'Delete', 'Registration'), stackId: 'arn:aws:cloudformation:us-east-1:111111111111:stack/Other/1' }),
    end: (stage) => {
      expect(atService(stage)).toMatchObject([{ accessKeyId: stage.currentKey }]);
      expect(stage.record?.owner.stackId).toBe(stage.stack.stackId);
    },
  },
];
