import type { OutboundCall } from '../../support/lambda/traffic';
import { BaseAccountStage } from '../../support/stage/base-account-stage';

/* A function in a VPC without a route: what it calls never answers, neither with yes nor with no. */
const SILENT: ReadonlyArray<[string, (call: OutboundCall) => boolean]> = [
  ['the connector service', ({ surface }) => surface === 'service'],
  ['Secrets Manager', ({ step }) => step.startsWith('secretsmanager:')],
  ['any service of AWS', ({ surface }) => surface === 'aws'],
];

test.each(SILENT)('without a route to %s a deployment fails with a sentence, before the function runs out of time (fault 72)', async (_, silent) => {
  const stage = new BaseAccountStage({ writeApi: true });
  await stage.deploy({}, { without: ['Registration'] });
  const { world } = stage;
  world.traffic.fault = (call) => silent(call) ? 'hang' : undefined;
  const begun = world.time.now();
  await stage.ask('Create', 'Registration', { requestId: 'first' });
  expect(world.time.now() - begun).toBeLessThanOrEqual(295_000);
  expect(world.answers.all('first')).toEqual([expect.objectContaining({ Status: 'FAILED', Reason: expect.stringMatching(/\w+ .*\w/) })]);
  expect(world.service.baseAccounts()).toEqual([]);
});

test('without a route to the service a rotation ends with an error, and the current key stays (fault 72)', async () => {
  const stage = new BaseAccountStage({ writeApi: true });
  await stage.deploy();
  const { currentKey, world } = stage;
  world.traffic.fault = ({ surface }) => surface === 'service' ? 'hang' : undefined;
  expect(await stage.rotate()).toMatchObject({ outcome: 'threw' });
  expect([stage.currentKey, world.keyAtService]).toEqual([currentKey, currentKey]);
});
