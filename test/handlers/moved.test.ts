import { BaseAccountStage } from '../support/stage/base-account-stage';
import { ConnectorStage } from '../support/stage/connector-stage';
import { RoleTrustStage } from '../support/stage/role-trust-stage';
import type { Stage } from '../support/stage/stage';

/*
 * `cdk refactor` moves a resource into another stack, or gives it another logical ID: CloudFormation keeps its physical ID and asks nobody. The next
 * request about it comes from another owner than the one on record.
 */
const OTHER = 'arn:aws:cloudformation:us-east-1:111111111111:stack/Other/0f0e0d0c-1111-2222-3333-444455556666';

interface Moved {
  readonly stage: Stage<any>;
  readonly logicalId: string;
  /** It has no owner on record, and stays as it is. */
  readonly takesUp?: boolean;
  /** What stands at the service and in the account. */
  state(): unknown;
}

const KINDS: Readonly<Record<string, () => Promise<Moved>>> = {
  'an access key': async () => {
    const stage = new BaseAccountStage({ writeApi: true });
    expect(await stage.deploy()).toBe('CREATE_COMPLETE');
    return { stage, logicalId: 'UserKey', state: () => [stage.keyIds, stage.currentKey], takesUp: true };
  },
  'a registration': async () => {
    const stage = new BaseAccountStage({ writeApi: true });
    expect(await stage.deploy()).toBe('CREATE_COMPLETE');
    return { stage, logicalId: 'Registration', state: () => [stage.world.service.baseAccounts(), stage.record] };
  },
  'a connector': async () => {
    const stage = new ConnectorStage();
    expect(await stage.deploy()).toBe('CREATE_COMPLETE');
    return { stage, logicalId: 'Production', state: () => stage.live.map(({ id, settings }) => [id, settings]) };
  },
  'the trust of a role': async () => {
    const stage = new RoleTrustStage();
    expect(await stage.deploy()).toBe('CREATE_COMPLETE');
    return { stage, logicalId: 'Trust', state: () => [stage.document, stage.trustRecord] };
  },
};

describe.each(Object.entries(KINDS))('%s', (_, make) => {
  test.each(['Update', 'Delete'] as const)('moved to another stack while its function stays: the %s is refused before any call', async (requestType) => {
    const { stage, logicalId, state } = await make();
    const before = JSON.stringify(state());
    stage.world.traffic.restart();
    const answer = await stage.forge(requestType, logicalId, {}, { StackId: OTHER });
    expect(answer!.Status).toBe('FAILED');
    expect(answer!.Reason).toContain(`it comes from the stack ${OTHER}, but this function serves ${stage.stack.stackId} alone: a resource of this library cannot be moved to another stack`);
    expect(stage.world.traffic.calls.map(({ surface }) => surface)).toEqual(['answer']);
    expect(JSON.stringify(state())).toBe(before);
  });

  test('moved to another stack together with its function: what stands is not taken over in silence, and a Delete there takes nothing away', async () => {
    const { stage, logicalId, state, takesUp = false } = await make();
    const before = JSON.stringify(state());
    const update = await stage.ask('Update', logicalId, { stackId: OTHER });
    expect([update?.Status, JSON.stringify(state()) === before]).toEqual([takesUp ? 'SUCCESS' : 'FAILED', true]);
    await stage.ask('Delete', logicalId, { stackId: OTHER });
    expect(JSON.stringify(state())).toBe(before);
  });
});
