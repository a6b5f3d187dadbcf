import { Invariants } from './invariants';
import { failsAfter } from '../support/cloudformation/template';
import type { BaseAccountApp } from '../support/stage/apps/base-account';
import { BaseAccountStage, DAY } from '../support/stage/base-account-stage';
import type { Deployment } from '../support/stage/stage';

/* No cleanup, rollback or deletion takes a key away that the service may have. */

const CONSOLE: BaseAccountApp = { delivery: 'console' };
let stage: BaseAccountStage;
let invariants: Invariants;

function begin(writeApi: boolean): void {
  stage = new BaseAccountStage({ writeApi });
  invariants = new Invariants(stage, { removes: true });
  stage.world.traffic.watch = invariants.keys;
}
afterEach(() => {
  expect(invariants.violations).toEqual([]);
  expect(stage.world.serviceCalls()).toBe(true);
});

const told = (what: string) => stage.stack.events.find((event) => event.startsWith(what));
const users = () => [...stage.world.aws.account.users];
function enter(): void {
  stage.enterKey();
  expect(stage.world.serviceCalls()).toBe(true);
}

describe('where a person enters the key', () => {
  beforeEach(async () => {
    begin(false);
    expect(await stage.deploy({ ...CONSOLE, userName: 'user-1' })).toBe('CREATE_COMPLETE');
    enter();
  });
  const change = (more: BaseAccountApp = {}, deployment?: Deployment) => stage.deploy({ ...CONSOLE, userName: 'user-2', ...more }, deployment);

  test.each([
    ['and the daily run has seen it', async () => { await stage.dailyRun(); }],
    ['and nobody has looked since', async () => undefined],
    ['and the key of a rotation waits for a person', async () => { await stage.rotate(); }],
    ['and the key of a rotation is in use', async () => {
      await stage.rotate();
      enter();
    }],
    ['and that one is all that is left', async () => {
      await stage.rotate();
      enter();
      stage.world.aws.account.deleteKey('user-1', stage.currentKey!);
    }],
  ])('another user is refused, %s: the former one would go before the new key is entered', async (_, happen) => {
    await happen();
    const keys = stage.keyIds;
    expect(await change()).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(told('Registration UPDATE_FAILED')).toContain('With RemovalPolicy.DESTROY that user would be deleted before anybody can enter the new key');
    if (keys.length > 1) expect(stage.keyIds).toEqual(keys);
    else expect(stage.world.keyAtService).toBe(keys[0]);
    expect(users()).toEqual(['user-1']);
  });

  test('another user is refused with another name of the registration, too', async () => {
    const keys = stage.keyIds;
    expect(await change({ registrationId: 'Renamed', adoptExisting: true })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(told('Renamed CREATE_FAILED')).toContain('the change is taken back and the key stays');
    expect([stage.keyIds, users(), stage.record?.owner.logicalId]).toEqual([keys, ['user-1'], 'Registration']);
  });

  test('another user goes through where the former one stays: nothing is cut off, whenever the new key is entered', async () => {
    await stage.dailyRun();
    const former = stage.keyIds;
    expect(await change({ retainUser: true })).toBe('UPDATE_COMPLETE');
    expect(stage.keyIds).toEqual([...former, stage.currentKey]);
    expect(stage.stack.attribute('Registration', 'Status')).toBe('AWAITING_CONSOLE');
    enter();
    stage.world.time.advance(DAY);
    expect(stage.world.serviceCalls()).toBe(true);
    await stage.dailyRun();
    expect(stage.record).toMatchObject({ status: 'REGISTERED', registeredAccessKeyId: stage.currentKey });
  });

  test('a cleanup that was not to come keeps the key, and says so with the record', async () => {
    await stage.dailyRun();
    const [key] = stage.keyIds;
    expect(await change({}, { raw: { Registration: { DeletesFormerUser: undefined } } })).toBe('UPDATE_COMPLETE');
    expect(told('UserKey DELETE_FAILED')).toContain(`the access key ${key} of the user user-1 stays, as the service may sign with it: the record ${stage.recordName}`);
    expect(stage.keyIds).toContain(key);
  });
});

describe('where the service has an API', () => {
  beforeEach(async () => {
    begin(true);
    expect(await stage.deploy({ userName: 'user-1' })).toBe('CREATE_COMPLETE');
  });

  test('a rollback that leaves the registration out keeps the key that was pushed', async () => {
    const { traffic, time } = stage.world;
    let pushed: string | undefined;
    traffic.fault = ({ step }) => { // from the push of the new key on, the service cannot be reached
      pushed ??= stage.record?.registeredAccessKeyId === stage.currentKey && stage.secret.json('AWSCURRENT')?.userName === 'user-2' ? stage.currentKey : undefined;
      return pushed !== undefined && step.startsWith('POST ') ? 'refuse' : undefined;
    };
    expect(await stage.deploy({ userName: 'user-2' }, { more: { Fails: failsAfter(time, 60_000, ['Registration']) } })).toBe('UPDATE_ROLLBACK_FAILED');
    traffic.fault = undefined;
    expect(await stage.stack.continueUpdateRollback({ skip: ['Registration'] })).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(told('UserKey DELETE_FAILED')).toContain(`the access key ${pushed} of the user user-2 stays`);
    expect(stage.world.keyAtService).toBe(pushed);
  });

  test('a deletion that leaves the registration behind keeps key and user', async () => {
    const [key] = stage.keyIds;
    expect(await stage.stack.delete({ retain: ['Registration'] })).toBe('DELETE_FAILED');
    expect(told('UserKey DELETE_FAILED')).toContain(`the access key ${key} of the user user-1 stays`);
    expect([stage.keyIds, users()]).toEqual([[key], ['user-1']]);
    // As the message says.
    stage.world.aws.parameters.delete(stage.recordName);
    expect(await stage.stack.delete()).toBe('DELETE_COMPLETE');
    begin(true);
    expect(await stage.deploy({ userName: 'user-1' })).toBe('CREATE_COMPLETE');
  });
});
