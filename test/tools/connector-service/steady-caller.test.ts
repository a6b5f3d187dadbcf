import { Decision, StsStub } from '../../support/connector-service/callers/sts-stub';
import { KEY, Scenario } from '../../support/connector-service/scenario';
import { waitUntil } from '../../support/emulator/processes/wait-until';

const ROLES = ['222222222222', '333333333333'].map((account) => `arn:aws:iam::${account}:role/QualysConnector`);
const SECOND = { accessKeyId: 'AKIAEXAMPLE000000002', secretAccessKey: 'example/secret+key=0002' };
let scenario: Scenario;
let sts: StsStub;
let connectors: number[];
afterEach(async () => {
  await scenario.stop();
  await sts.stop();
});

async function start(decide: Decision): Promise<void> {
  sts = await StsStub.start(decide);
  scenario = await Scenario.start({ awsEndpoint: sts.url });
  connectors = [];
  for (const arn of ROLES) {
    const { json } = await scenario.qps('create', 'awsassetdataconnector', { data: { AwsAssetDataConnector: { arn, externalId: 'external-1' } } });
    connectors.push(json.ServiceResponse.data[0].AwsAssetDataConnector.id);
  }
  scenario.service.console.createBaseAccount({ title: 'Central', awsAccountId: '111111111111', accountType: 'Global', ...KEY });
}

test('it assumes the roles in turn with the key of the moment, until it is stopped', async () => {
  await start(async () => undefined);
  const caller = scenario.service.steadyCaller(connectors);
  await waitUntil(() => caller.tally().calls >= 20, 5_000);
  scenario.service.console.editBaseAccount('Global', SECOND);
  await waitUntil(() => caller.tally().calls >= 40, 5_000);
  const tally = await caller.stop();
  expect(tally).toEqual({ calls: sts.calls.length, failures: 0, reasons: [], keyIds: [KEY.accessKeyId, SECOND.accessKeyId] });
  expect(tally.calls).toBeGreaterThanOrEqual(40);
  for (const roleArn of ROLES) {
    const share = sts.calls.filter((call) => call.roleArn === roleArn && call.externalId === 'external-1').length;
    expect(Math.abs(share - tally.calls / 2)).toBeLessThanOrEqual(2);
  }
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(sts.calls).toHaveLength(tally.calls);
});

test('what fails is counted, the first reasons are kept, and no secret with them', async () => {
  await start(async () => ({ code: 'InvalidClientTokenId', message: `The security token ${KEY.secretAccessKey} is invalid.` }));
  const caller = scenario.service.steadyCaller(connectors, { concurrency: 1 });
  await waitUntil(() => caller.tally().calls >= 20, 5_000);
  const { calls, failures, reasons } = await caller.stop();
  expect(calls).toBeGreaterThanOrEqual(20);
  expect(failures).toBe(calls);
  expect(reasons).toHaveLength(10);
  expect(reasons[0]).toBe(`connector ${connectors[0]} with ${KEY.accessKeyId}: InvalidClientTokenId: The security token *** is invalid.`);
});

test('without a base account it calls as the Qualys account', async () => {
  await start(async () => undefined);
  scenario.service.console.deleteBaseAccount('Global');
  const caller = scenario.service.steadyCaller(connectors);
  await waitUntil(() => caller.tally().calls >= 5, 5_000);
  expect((await caller.stop()).keyIds).toEqual(['805950163170']);
});
