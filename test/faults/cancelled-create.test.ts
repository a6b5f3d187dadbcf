import { Invariants } from './invariants';
import { failsAfter } from '../support/cloudformation/template';
import { BaseAccountStage } from '../support/stage/base-account-stage';

/** Milliseconds that a call takes. */
const CALL = 100;

/**
 * Another resource fails after so long; whatever is under way is cancelled and deleted under an invented ID while its
 * function goes on. Answers the stage once nothing runs any more.
 */
async function cancelled(after: number): Promise<{ stage: BaseAccountStage; violations: string[]; status: string }> {
  const stage = new BaseAccountStage({ writeApi: true, seed: after });
  const invariants = new Invariants(stage, { removes: true });
  stage.world.traffic.watch = invariants.instant;
  stage.world.traffic.latency = () => CALL;
  const status = await stage.deploy({}, { more: { Fails: failsAfter(stage.world.time, after) } });
  await stage.requests.settled();
  return { stage, violations: invariants.violations, status };
}

/** From before the first call of the key to after the last one of the registration. */
const MOMENTS = Array.from({ length: 36 }, (_, index) => index * CALL + CALL / 2);

const wasCancelled = (stage: BaseAccountStage, logicalId: string) => stage.stack.events.includes(`${logicalId} CREATE_FAILED: Resource creation cancelled`);

test('a Create that is cancelled at any moment undoes itself, and leaves nothing (fault 11, fault 12)', async () => {
  const seen = { key: 0, registration: 0 };
  for (const moment of MOMENTS) {
    const { stage, violations, status } = await cancelled(moment);
    if (wasCancelled(stage, 'UserKey')) seen.key++;
    if (wasCancelled(stage, 'Registration')) seen.registration++;
    expect({ moment, violations, status, keys: stage.keyIds, entries: stage.world.service.baseAccounts(), record: stage.record }).toEqual({
      moment, violations: [], status: 'ROLLBACK_COMPLETE', keys: [], entries: [], record: undefined,
    });
  }
  expect(seen.key).toBeGreaterThan(8);
  expect(seen.registration).toBeGreaterThan(12);
});

test('after it the same stack name deploys as if nothing had been, and the note of the cancellation goes (fault 12)', async () => {
  for (const moment of MOMENTS) {
    const { stage } = await cancelled(moment);
    const again = new BaseAccountStage({ beside: stage, stackSuffix: 'anew' });
    expect(await again.deploy()).toBe('CREATE_COMPLETE');
    expect(again.world.keyAtService).toBe(again.currentKey);
    expect([...again.world.aws.parameters.keys()]).toEqual([again.recordName]);
  }
});

test('a Create that is killed and repeated by Lambda after it was cancelled does not come back to life (fault 12)', async () => {
  for (const handler of ['access-key', 'base-account']) {
    for (let at = 1; at < 14; at++) {
      const stage = new BaseAccountStage({ writeApi: true, seed: at });
      const { traffic, time, aws, service } = stage.world;
      let count = 0;
      traffic.fault = ({ functionName }) => functionName === handler && ++count === at ? 'kill' : undefined;
      // Within the minute before Lambda's next attempt. What CloudFormation makes by itself stays, so that nothing else stops it.
      const template = stage.template({}, { more: { Fails: failsAfter(time, 30_000) } });
      const kept = Object.fromEntries(Object.entries(template).map(([id, one]) => [id, one.native && id !== 'Fails' ? { ...one, deletionPolicy: 'Retain' as const } : one]));
      await stage.stack.deploy(kept);
      await stage.requests.settled();
      const begun = handler === 'base-account' ? 9 : 5; // the first call that writes anything down
      if (at >= begun && stage.stack.events.some((event) => event.includes('cancelled'))) expect({ handler, at, keys: aws.account.keys.length, entries: service.baseAccounts() }).toEqual({ handler, at, keys: 0, entries: [] });
    }
  }
});
