import type { BaseAccountApp } from '../../support/stage/apps/base-account';
import { BaseAccountStage } from '../../support/stage/base-account-stage';

/* A stack was deleted and has left everything; a second one takes it up. Connectors rely on the entry all the time. */

const ADOPTING: BaseAccountApp = { adoptExisting: true, title: 'Taken up' };

let first: BaseAccountStage;
let second: BaseAccountStage;
async function start(app: BaseAccountApp = {}, writeApi = true): Promise<void> {
  first = new BaseAccountStage({ writeApi, stackName: 'First' });
  await first.deploy(app);
  first.world.service.console.createConnector({ name: 'Production', arn: 'arn:aws:iam::222222222222:role/QualysConnector' });
  second = new BaseAccountStage({ beside: first, stackName: 'Second', userOf: first });
}
beforeEach(() => start());

const entries = () => first.world.service.baseAccounts();
const owner = () => first.record?.owner.stackId.split('/')[1];

test('with adoptExisting it takes the entry over, with the same key, and the record says whose it is', async () => {
  const key = first.world.keyAtService;
  expect(await second.deploy(ADOPTING)).toBe('CREATE_COMPLETE');
  expect(second.stack.resources.get('Registration')!.attributes).toMatchObject({ Status: 'REGISTERED', RegisteredAccessKeyId: key });
  expect(entries()).toMatchObject([{ title: 'Taken up', accessKeyId: key }]);
  expect(owner()).toBe('Second');
  expect(first.record).not.toHaveProperty('takenFrom');
});

test('from then on it is guarded, and goes with it; the first stack changes nothing any more', async () => {
  await second.deploy(ADOPTING);
  expect(await second.ask('Delete', 'Registration')).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('1 connector of account type Global (Production)') });
  expect(await first.ask('Delete', 'Registration')).toMatchObject({ Status: 'SUCCESS' });
  expect(entries()).toHaveLength(1);
  await second.deploy({ ...ADOPTING, deletionProtection: false });
  expect(await second.delete()).toBe('DELETE_COMPLETE');
  expect(entries()).toEqual([]);
});

test('without adoptExisting it fails, says so, and its clean-up leaves everything', async () => {
  expect(await second.deploy()).toBe('ROLLBACK_COMPLETE');
  expect(second.failure).toContain('is managed by the resource Registration of the stack First (');
  expect(second.failure).toContain('or set adoptExisting to take it over');
  expect([first.world.keyAtService, owner()]).toEqual([first.currentKey, 'First']);
});

test('what the service refuses leaves the entry as it was, and the record with the first stack', async () => {
  const before = first.record!;
  first.world.service.faults.next({ match: { path: /update.am.awsbaseaccount/ } }, { kind: 'answer', status: 400, body: '{"ServiceResponse":{"responseCode":"INVALID_REQUEST"}}' });
  expect(await second.deploy(ADOPTING)).toBe('ROLLBACK_COMPLETE');
  expect(second.failure).toContain('INVALID_REQUEST');
  expect(entries()).toMatchObject([{ title: 'Central Security', accessKeyId: first.currentKey }]);
  expect({ ...first.record, generation: before.generation }).toEqual(before);
  expect(first.record!.generation).toBeGreaterThan(before.generation);
});

test('where the service may have a key of the second stack, that one stays', async () => {
  first.replaceKey();
  const { traffic } = first.world;
  let isPushed = false;
  traffic.fault = ({ step, surface }) => { // nothing can be asked any more once it was pushed
    const wasPushed = isPushed;
    isPushed ||= step.includes('/update/am/');
    return wasPushed && surface !== 'answer' ? 'refuse' : undefined;
  };
  const known = { physicalId: 'qualys-base-account:qualysapi.connectors.example:GLOBAL' };
  expect(await second.ask('Create', 'Registration', { app: ADOPTING })).toMatchObject({ Status: 'FAILED' });
  traffic.fault = undefined;
  const again = await second.ask('Delete', 'Registration', known);
  expect(again).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(`may have the key ${first.currentKey} of this stack now; entry, key and user stay`) });
  expect(first.world.keyAtService).toBe(first.currentKey);
  expect(await second.ask('Create', 'Registration', { app: ADOPTING })).toMatchObject({ Status: 'SUCCESS' });
});

test('a key that waits for a person is taken over as it waits', async () => {
  await start({ delivery: 'console' }, false);
  expect(await second.deploy({ delivery: 'console', adoptExisting: true })).toBe('CREATE_COMPLETE');
  expect(second.stack.attribute('Registration', 'Status')).toBe('AWAITING_CONSOLE');
  expect(owner()).toBe('Second');
  expect(first.record).toMatchObject({ entryWasThere: false });
  expect(first.record).not.toHaveProperty('takenFrom');
});
