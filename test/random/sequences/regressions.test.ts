import { Invariants } from '../../faults/invariants';
import type { Fault } from '../../support/lambda/faults';
import type { OutboundCall } from '../../support/lambda/traffic';
import { BaseAccountStage, DAY } from '../../support/stage/base-account-stage';

/*
 * Sequences that the models once failed for, as they were shrunk.
 */

// Found as: deploy {"registrationId":"Renamed","newUser":true}, refuse at call 19.
test('a rollback to the former user that fails does not delete the keys of that user (faults 13 and 14)', async () => {
  const stage = new BaseAccountStage({ writeApi: true });
  const { traffic } = stage.world;
  expect(await stage.deploy({ userName: 'user-1' })).toBe('CREATE_COMPLETE');
  const invariants = new Invariants(stage);
  traffic.watch = invariants.keys;
  let rollsBack = false;
  const refused: OutboundCall[] = [];
  traffic.fault = (call) => {
    rollsBack ||= call.functionName === 'base-account' && call.step === 'answer';
    if (!rollsBack || refused.length > 0 || call.step !== 'iam:ListAccessKeys') return undefined;
    refused.push(call);
    return 'refuse';
  };
  expect(await stage.deploy({ userName: 'user-2', registrationId: 'Renamed' })).toBe('UPDATE_ROLLBACK_FAILED');
  expect([refused.length, invariants.violations]).toEqual([1, []]);
  traffic.fault = undefined;
  expect(await stage.stack.continueUpdateRollback()).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(stage.world.serviceCalls()).toBe(true);
  expect(stage.world.keyAtService).toBe(stage.currentKey);
});

/** A stage with a user, and what must hold of it whatever happens. */
async function standing(writeApi = true): Promise<{ stage: BaseAccountStage; invariants: Invariants }> {
  const stage = new BaseAccountStage({ writeApi });
  expect(await stage.deploy({ userName: 'user-1' })).toBe('CREATE_COMPLETE');
  const invariants = new Invariants(stage);
  stage.world.traffic.watch = invariants.keys;
  return { stage, invariants };
}

/** The call with that number, counted from 1 for each step, goes wrong. */
function breakOnce(stage: BaseAccountStage, step: string, fault: Fault): void {
  let broken = false;
  stage.world.traffic.fault = (call) => {
    if (broken || call.step !== step) return undefined;
    broken = true;
    return fault;
  };
}

// Found as: deploy {"newUser":true}, forbidden at call 18. CloudFormation sends no Delete for what it never heard of.
test('a change of the user that nobody hears an answer to leaves no key of the new one', async () => {
  const { stage, invariants } = await standing();
  const key = stage.currentKey;
  breakOnce(stage, 'answer', 'forbidden');
  expect(await stage.deploy({ userName: 'user-2' })).toBe('UPDATE_ROLLBACK_COMPLETE');
  invariants.rest();
  expect(invariants.violations).toEqual([]);
  expect([stage.keyIds, stage.currentKey]).toEqual([[key], key]);
});

// The note has room for one attempt, and told of the other user from then on.
test.each<[string, Fault, number]>([
  ['hears nothing more', 'hang-after', 1], // it ends, and removes what it has made
  ['is killed', 'kill', 2],
])('a rotation that %s when it has made its key, then another user: no key is left', async (_, fault, keys) => {
  const { stage, invariants } = await standing();
  breakOnce(stage, 'iam:CreateAccessKey', fault);
  await stage.rotate();
  expect(stage.keyIds).toHaveLength(keys);
  expect(await stage.deploy({ userName: 'user-2' })).toBe('UPDATE_COMPLETE');
  invariants.rest();
  expect(invariants.violations).toEqual([]);
  expect(stage.stack.events.filter((event) => event.includes('FAILED'))).toEqual([]);
  expect(stage.keyIds).toEqual([stage.currentKey]);
});

// Found as: deactivate the key under AWSCURRENT, deploy {"newUser":true,"registrationId":"Renamed"} twice.
test('a dead key keeps its name while changes of the user come and go', async () => {
  const { stage, invariants } = await standing();
  stage.world.aws.account.keys[0]!.status = 'Inactive';
  const rename = (number: number) => stage.deploy({ userName: `user-${number}`, registrationId: 'Renamed' });
  expect([await rename(2), await rename(3)]).toEqual(['UPDATE_ROLLBACK_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE']);
  expect(new Set(stage.world.aws.account.keys.map(({ userName }) => userName))).toEqual(new Set(['user-1']));
  expect((await stage.dailyRun()).outcome).toBe('returned');
  stage.world.time.advance(DAY);
  expect((await stage.dailyRun()).outcome).toBe('returned'); // the dead one makes room
  const violations = [...invariants.violations];
  invariants.rest();
  expect(invariants.violations.slice(violations.length).filter((one) => one.startsWith('I4'))).toEqual([]);
  expect(stage.keyIds).toEqual([stage.currentKey]);
});

// Found as: rotate, delete the key under AWSPENDING, daily run. IAM refuses to tell of a key that is gone.
test('a key that waits for a person and is deleted does not stop the daily run', async () => {
  const { stage } = await standing(false);
  expect((await stage.rotate()).outcome).toBe('returned');
  stage.world.aws.account.deleteKey('user-1', stage.secret.json('AWSPENDING')!.accessKeyId!);
  expect((await stage.dailyRun()).outcome).toBe('returned');
});
