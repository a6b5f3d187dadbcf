import { Invariants } from '../faults/invariants';
import { BaseAccountStage } from '../support/base-account-stage';
import type { OutboundCall } from '../support/lambda/traffic';

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
