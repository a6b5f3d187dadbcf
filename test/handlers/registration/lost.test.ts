import { RECORD, RegistrationWorld } from './world';
import type { BaseAccountProperties } from '../../../src/wire/base-account';
import { StackResource } from '../../support/cloudformation/stack-resource';

/* A second stack has taken the entry over. The code of the first one may still say that it adopts. */

let world: RegistrationWorld;
let first: StackResource;
let second: StackResource;
beforeEach(async () => {
  world = await RegistrationWorld.start({ writeApi: true });
  first = world.resource({ stackName: 'First' });
  second = world.resource({ stackName: 'Second' });
});
afterEach(() => world.stop());

const adopting = (Title: string) => world.properties({ AdoptExisting: 'true', Title });
const owner = () => world.record()?.owner.stackId.split('/')[1];

async function lose(deployed: BaseAccountProperties): Promise<string> {
  await first.create(deployed);
  await second.create(adopting('Of the second'));
  expect(owner()).toBe('Second');
  return standing();
}

const standing = () => JSON.stringify([world.service.baseAccounts(), [...world.parameters]]);

test.each(['true', 'false'] as const)('adoptExisting %s: an update of the first fails, its rollback succeeds, and both leave the entry alone (fault 67)', async (AdoptExisting) => {
  const before = await lose(world.properties({ AdoptExisting }));
  const { answer, rollback } = await first.update(world.properties({ AdoptExisting, Title: 'Of the first' }));
  expect(answer.Reason).toContain('is managed by the resource BaseAccountRegistration1A2B3C4D of the stack Second (');
  expect(rollback).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'REGISTERED', RegisteredAccessKeyId: 'NONE', NextStep: expect.stringContaining('is managed by') } });
  expect(standing()).toBe(before);
});

test('a rollback that turns adoptExisting on again takes nothing back', async () => {
  const before = await lose(adopting('Of the first'));
  const { answer, rollback } = await first.update(world.properties({ Title: 'Of the first' }));
  expect([answer.Status, rollback!.Status]).toEqual(['FAILED', 'SUCCESS']);
  expect(standing()).toBe(before);
});

test('one that goes on from what the stack never was is no way back either', async () => {
  const before = await lose(adopting('Of the first'));
  const answer = await first.send('Update', adopting('Later'), { OldResourceProperties: world.properties({ Title: 'Failed' }) });
  expect(answer.Reason).toContain('An update does not take it over, since it may be a rollback; if that resource is gone for good, '
    + `delete the parameter ${RECORD} in Parameter Store and deploy again`);
  expect(standing()).toBe(before);
  world.parameters.clear();
  expect((await first.update(adopting('Later'))).answer.Status).toBe('SUCCESS');
  expect(owner()).toBe('First');
});

test('a deployment that turns adoptExisting on takes it back, and then the second one is the one that has lost it', async () => {
  await lose(world.properties());
  const { answer: refused, rollback } = await first.update(world.properties({ Title: 'Of the first' }));
  expect(refused.Reason).toContain('or set adoptExisting to take it over');
  expect(rollback!.Status).toBe('SUCCESS');
  expect((await first.update(adopting('Of the first'))).answer).toMatchObject({ Status: 'SUCCESS', Data: { Status: 'REGISTERED' } });
  expect([owner(), world.service.baseAccounts()[0]!.title]).toEqual(['First', 'Of the first']);
  const before = standing();
  const { answer, rollback: back } = await second.update(adopting('Again'));
  expect([answer.Status, back!.Status, standing()]).toEqual(['FAILED', 'SUCCESS', before]);
});

test('a rollback to the account type that was lost meanwhile leaves it to whoever has it', async () => {
  await lose(adopting('Of the first'));
  const { answer } = await first.update(world.properties({ AdoptExisting: 'true', AccountType: 'US_GOVCLOUD', RecordName: RECORD.replace('GLOBAL', 'US_GOVCLOUD') }));
  expect(answer.Status).toBe('FAILED'); // the key is of another partition; nothing was begun
  const before = standing();
  const gone = await first.send('Update', adopting('Of the first'), {
    OldResourceProperties: world.properties(), PhysicalResourceId: `qualys-base-account:${new URL(world.service.apiServer).host}:US_GOVCLOUD`,
  });
  expect(gone).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: expect.stringMatching(/:GLOBAL$/) });
  expect(standing()).toBe(before);
});

test('a record of an older release, which does not say what was deployed, is left with its owner', async () => {
  await first.create(adopting('Of the first'));
  const { mark, ...old } = world.record()!;
  expect(mark).toMatch(/^[0-9a-f]{16}$/);
  world.parameters.set(RECORD, JSON.stringify(old));
  await second.create(adopting('Of the second'));
  const before = standing();
  const { answer, rollback } = await first.update(adopting('Later'));
  expect([answer.Status, rollback!.Status, standing()]).toEqual(['FAILED', 'FAILED', before]);
});
