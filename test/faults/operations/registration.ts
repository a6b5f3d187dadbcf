import { succeeds } from './succeeds';
import { BaseAccountApp, EXTERNAL_ID_PREFIX } from '../../support/stage/apps/base-account';
import { BaseAccountStage } from '../../support/stage/base-account-stage';
import { Operation } from '../matrix/matrix';

const ID = 'Registration';
const TRIED = ['222222222222', '333333333333'];
const CONSOLE: BaseAccountApp = { delivery: 'console', notify: true };
type Stage = BaseAccountStage;

/** User, secret and key stand. */
async function withKey(writeApi = true): Promise<Stage> {
  const stage = new BaseAccountStage({ writeApi });
  await stage.deploy({}, { without: [ID] });
  return stage;
}

async function registered(app: BaseAccountApp = {}, writeApi = true): Promise<Stage> {
  const stage = new BaseAccountStage({ writeApi });
  expect(await stage.deploy(app)).toBe('CREATE_COMPLETE');
  return stage;
}

const create = (stage: Stage, requestId: string, app: BaseAccountApp = {}) => succeeds(stage.ask('Create', ID, { app, requestId }));
const update = (stage: Stage, requestId: string, app: BaseAccountApp = {}, from?: BaseAccountApp) => succeeds(stage.ask('Update', ID, { app, from, requestId }));
const remove = (stage: Stage, requestId: string) => succeeds(stage.ask('Delete', ID, { requestId }));
/** Nothing but a refusal will do. */
const isRefused = async (stage: Stage, requestId: string, stackId?: string) => (await stage.ask('Delete', ID, { requestId, stackId }))?.Status === 'FAILED';

const atService = ({ world }: Stage) => world.service.baseAccounts();
const connect = ({ world }: Stage) => world.service.console.createConnector({ name: 'Production', arn: 'arn:aws:iam::222222222222:role/QualysConnector' });
const disconnect = ({ world: { service } }: Stage) => service.connectors().forEach(({ id }) => service.console.deleteConnector(id));
const isRegistered = (stage: Stage) => stage.record?.status === 'REGISTERED' && stage.record.takenFrom === undefined;

const atServiceIsCurrent = (stage: Stage) => expect(atService(stage)).toMatchObject([{ accessKeyId: stage.currentKey }]);
const nothingIsLeft = (stage: Stage) => expect([atService(stage), stage.record]).toEqual([[], undefined]);

/** What nobody may take away yet: entry and record are as they were all the time. */
const untouched = (stage: Stage) => {
  const state = () => JSON.stringify([atService(stage), stage.record]);
  const before = state();
  return () => (state() === before ? [] : ['entry or record was changed']);
};

export const REGISTRATION_OPERATIONS: ReadonlyArray<Operation<Stage>> = [
  {
    name: 'register through the API',
    holds: 'faults 4 and 7',
    prepare: withKey,
    run: create,
    end: (stage) => expect(atService(stage)).toMatchObject([{ title: 'Central Security', accessKeyId: stage.currentKey }]),
  },
  {
    name: 'register after the key was tried on roles',
    holds: 'fault 128',
    prepare: async () => {
      const stage = await withKey();
      for (const account of TRIED) stage.world.aws.connectedRoles.set(account, { externalId: `${EXTERNAL_ID_PREFIX}${account}` });
      return stage;
    },
    run: (stage, token) => create(stage, token, { verifyAccessTo: [TRIED] }),
    // Whatever breaks: nothing is sent before every role was tried.
    watch: (stage) => () => {
      const isSent = stage.world.service.requests().some(({ path }) => /(create|update)\/am\/awsbaseaccount/.test(path));
      const tried = new Set(stage.world.aws.connectedRoles.calls.map(({ roleArn }) => roleArn)).size;
      return isSent && tried < TRIED.length ? [`sent after ${tried} of ${TRIED.length} roles`] : [];
    },
    end: atServiceIsCurrent,
  },
  {
    name: 'register through the API, and the clean-up',
    holds: 'faults 3 and 4',
    prepare: withKey,
    run: create,
    undo: remove,
    settle: async (stage) => {
      nothingIsLeft(stage);
      expect(await create(stage, 'anew')).toBe(true);
    },
    end: atServiceIsCurrent,
  },
  {
    name: 'register with connectors that it moves, and the clean-up',
    prepare: async () => {
      const stage = await withKey();
      connect(stage);
      return stage;
    },
    run: create,
    // They are back where they were, unless the entry was confirmed: then it is guarded like any other.
    undo: async (stage, token) => isRegistered(stage) ? isRefused(stage, token) : remove(stage, token),
    settle: async (stage) => {
      disconnect(stage);
      expect(await remove(stage, 'later')).toBe(true);
      nothingIsLeft(stage);
      expect(await create(stage, 'anew')).toBe(true);
    },
    end: atServiceIsCurrent,
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
    run: (stage, token) => update(stage, token, { title: 'Other' }),
    end: (stage) => expect(atService(stage)).toMatchObject([{ title: 'Other', accessKeyId: stage.currentKey }]),
  },
  {
    name: 'change the title, and the rollback',
    prepare: registered,
    run: (stage, token) => update(stage, token, { title: 'Other' }),
    undo: (stage, token) => update(stage, token, {}, { title: 'Other' }),
    end: (stage) => expect(atService(stage)).toMatchObject([{ title: 'Central Security', accessKeyId: stage.currentKey }]),
  },
  {
    name: 'bring another key',
    holds: 'fault 7',
    prepare: async () => {
      const stage = await registered();
      stage.replaceKey();
      return stage;
    },
    run: (stage, requestId) => succeeds(stage.ask('Update', ID, { raw: { [ID]: { AccessKeyId: stage.currentKey } }, requestId })),
    end: atServiceIsCurrent,
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
    run: (stage, token) => create(stage, token, { adoptExisting: true }),
    end: (stage) => expect(stage.record).toMatchObject({ adopted: true, status: 'REGISTERED' }),
  },
  { name: 'delete the registration', removes: true, prepare: registered, run: remove, end: nothingIsLeft },
  {
    name: 'delete a registration that connectors rely on',
    prepare: async () => {
      const stage = await registered();
      connect(stage);
      return stage;
    },
    run: isRefused,
    watch: untouched,
    end: (stage) => expect(isRegistered(stage)).toBe(true),
  },
  {
    name: 'delete a registration that a person has entered',
    prepare: async () => {
      const stage = await registered(CONSOLE, false);
      stage.enterKey();
      return stage;
    },
    run: isRefused,
    watch: (stage) => {
      const entry = JSON.stringify(atService(stage));
      return () => (JSON.stringify(atService(stage)) === entry ? [] : ['the entry was changed']);
    },
    settle: async (stage) => {
      stage.world.traffic.watch = undefined;
      stage.world.service.console.deleteBaseAccount('Global');
      expect(await remove(stage, 'later')).toBe(true);
    },
    end: nothingIsLeft,
  },
  {
    // Nothing says that it was this one's: the record may have been written by anybody.
    name: 'delete a registration of which the record names another stack',
    prepare: registered,
    run: (stage, requestId) => isRefused(stage, requestId, 'arn:aws:cloudformation:us-east-1:111111111111:stack/Other/1'),
    watch: untouched,
    end: (stage) => {
      atServiceIsCurrent(stage);
      expect(stage.record?.owner.stackId).toBe(stage.stack.stackId);
    },
  },
];
