import { BaseAccountStage } from '../../support/stage/base-account-stage';

/** From this call on nothing works any more, until the failure is answered. */
async function brokenFrom(at: number): Promise<BaseAccountStage> {
  const stage = new BaseAccountStage({ writeApi: true, seed: at });
  const { traffic, answers } = stage.world;
  const failed = () => answers.puts.some(({ Status }) => Status === 'FAILED');
  traffic.fault = ({ number, surface }) => number >= at && surface !== 'answer' && !failed() ? 'refuse' : undefined;
  await stage.deploy();
  return stage;
}

test('a Create that fails at any call answers with its own ID, and the Delete after it leaves nothing (faults 3 and 4)', async () => {
  const ids = new Set<string>();
  let at = 1;
  for (let status = ''; status !== 'CREATE_COMPLETE'; at++) {
    const stage = await brokenFrom(at);
    ({ status } = stage.stack);
    if (status === 'CREATE_COMPLETE') break;
    const { world } = stage;
    world.answers.puts.filter(({ Status }) => Status === 'FAILED').forEach(({ PhysicalResourceId }) => ids.add(PhysicalResourceId));
    expect({ at, status, keys: stage.keyIds, entries: world.service.baseAccounts(), record: stage.record }).toEqual({
      at, status: 'ROLLBACK_COMPLETE', keys: [], entries: [], record: undefined,
    });
  }
  expect(at).toBeGreaterThan(20);
  expect([...ids].sort()).toEqual(['qualys-access-key:111111111111:qualys-base-account', 'qualys-base-account:qualysapi.connectors.example:GLOBAL']);
});

test.each([
  ['iam:DeleteAccessKey', 'iam:DeleteAccessKey'],
  ['secretsmanager:GetSecretValue', 'secretsmanager:GetSecretValue'],
  ['ssm:DeleteParameter', 'ssm:DeleteParameter'],
])('a Delete without the right to %s fails, says which right it is, and cuts nothing off; with it, it goes through (fault 20)', async (action, named) => {
  const stage = new BaseAccountStage({ writeApi: true });
  await stage.deploy();
  const { aws } = stage.world;
  aws.allowed = (one) => one !== action;
  expect(await stage.delete()).toBe('DELETE_FAILED');
  expect(stage.failure).toContain(`is not authorized to perform: ${named}`);
  // While the service has an entry, its key works; the key is gone only after the entry.
  const [entry] = stage.world.service.baseAccounts();
  if (entry) expect(aws.account.keys.find(({ accessKeyId }) => accessKeyId === entry.accessKeyId)?.status).toBe('Active');
  expect([...aws.account.users]).toEqual(['qualys-base-account']);
  aws.allowed = undefined;
  expect(await stage.stack.delete()).toBe('DELETE_COMPLETE');
  expect([stage.keyIds, stage.world.service.baseAccounts(), [...aws.parameters]]).toEqual([[], [], []]);
});

test('what is retained gets no Delete: entry, key and user stay together, and the service goes on (fault 18)', async () => {
  const stage = new BaseAccountStage({ writeApi: true });
  await stage.deploy({ retain: true });
  const key = stage.currentKey;
  expect(await stage.stack.delete()).toBe('DELETE_COMPLETE');
  expect(stage.requests.sent.map(({ request }) => request.requestType)).toEqual(['Create', 'Create']);
  expect(stage.world.keyAtService).toBe(key);
  expect(stage.world.serviceCalls()).toBe(true);
  expect(stage.keyIds).toEqual([key]);
  expect(stage.secret.deleted).toBe(false);
});
