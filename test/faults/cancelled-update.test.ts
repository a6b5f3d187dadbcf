import { CANCELLATION_SUFFIX } from '../../src/wire/base-account';
import { failsAfter } from '../support/cloudformation/template';
import { EXTERNAL_ID, ROLE } from '../support/stage/apps/connector';
import type { RoleTrustApp } from '../support/stage/apps/role-trust';
import { BaseAccountStage } from '../support/stage/base-account-stage';
import { ConnectorStage } from '../support/stage/connector-stage';
import { documentOf, RoleTrustStage, VENDOR } from '../support/stage/role-trust-stage';
import type { Stage } from '../support/stage/stage';

/*
 * CloudFormation cancels what is under way when another resource fails. A Create is taken back by a Delete with an ID that CloudFormation
 * invented. An update is taken back by another one to the properties of before, which may be over sooner than the first; and if it was to
 * replace the resource, nobody knows the ID of what it makes.
 */

/** Milliseconds that a call takes. */
const CALL = 100;
/** From before the first call to after the last one. */
const moments = (calls: number) => Array.from({ length: calls * 2 }, (_, index) => index * CALL / 2 + CALL / 4);

/** Another resource fails after so long; answers once nothing is at work any more. */
async function deploy<App extends object>(stage: Stage<App>, app: App, failure?: number): Promise<string> {
  const { world, requests } = stage;
  world.traffic.latency = () => CALL;
  const status = await stage.deploy(app, failure === undefined ? {} : { more: { Fails: failsAfter(world.time, failure) } });
  await requests.settled();
  return status;
}

const isCancelled = ({ stack }: Stage<any>) => stack.events.some((event) => /^(?!Fails).*cancelled$/.test(event));
const connectors = ({ live }: ConnectorStage) => live.map(({ settings }) => settings.arn);

test('a connector whose Create is cancelled at any moment: nothing is left (fault 12)', async () => {
  let cancelled = 0;
  for (const moment of moments(6)) {
    const stage = new ConnectorStage({ seed: moment });
    const status = await deploy(stage, {}, moment);
    expect([moment, status, connectors(stage)]).toEqual([moment, 'ROLLBACK_COMPLETE', []]);
    if (isCancelled(stage)) cancelled++;
  }
  expect(cancelled).toBeGreaterThan(4);
});

test('a connector that moves to another role, cancelled at any moment: the one of before is left, and no other', async () => {
  let cancelled = 0;
  for (const moment of moments(8)) {
    const stage = new ConnectorStage({ seed: moment });
    expect(await deploy(stage, {})).toBe('CREATE_COMPLETE');
    const status = await deploy(stage, { roleArn: `${ROLE}2` }, moment);
    expect([moment, status, connectors(stage)]).toEqual([moment, 'UPDATE_ROLLBACK_COMPLETE', [ROLE]]);
    if (isCancelled(stage)) cancelled++;
  }
  expect(cancelled).toBeGreaterThan(6);
});

test('a connector that is changed, cancelled at any moment: it is as before', async () => {
  let cancelled = 0;
  for (const moment of moments(6)) {
    const stage = new ConnectorStage({ seed: moment });
    expect(await deploy(stage, {})).toBe('CREATE_COMPLETE');
    const before = JSON.stringify(stage.live);
    const status = await deploy(stage, { name: 'Other', pollingMinutes: 60 }, moment);
    expect([moment, status, JSON.stringify(stage.live)]).toEqual([moment, 'UPDATE_ROLLBACK_COMPLETE', before]);
    if (isCancelled(stage)) cancelled++;
  }
  expect(cancelled).toBeGreaterThan(4);
});

const TRUSTED = documentOf(VENDOR.replace(/"sts:ExternalId":"\d+"/, `"sts:ExternalId":"${EXTERNAL_ID}"`));
const of = (roleName: string, trust: RoleTrustApp['trust'] = 'both'): RoleTrustApp => ({ roleName, trust, externalId: EXTERNAL_ID });

test('the trust of a role, begun or moved to another role, cancelled at any moment: that role is as it was', async () => {
  let cancelled = 0;
  for (const moment of moments(8)) {
    for (const before of [undefined, 'Before']) {
      const stage = new RoleTrustStage({ seed: moment });
      const { parameters } = stage.world.aws;
      ['Before', 'After'].forEach((name) => stage.roles.create(name, TRUSTED));
      if (before) expect(await deploy(stage, of(before))).toBe('CREATE_COMPLETE');
      const records = parameters.size;
      const status = await deploy(stage, of('After'), moment);
      expect([moment, before, status, stage.roles.get('After').trust, parameters.size])
        .toEqual([moment, before, before ? 'UPDATE_ROLLBACK_COMPLETE' : 'ROLLBACK_COMPLETE', TRUSTED, records]);
      if (isCancelled(stage)) cancelled++;
    }
  }
  expect(cancelled).toBeGreaterThan(10);
});

test('the trust of a role that is switched, cancelled at any moment: it is as before, and comes back in the end', async () => {
  let cancelled = 0;
  for (const moment of moments(8)) {
    const stage = new RoleTrustStage({ seed: moment });
    const { parameters } = stage.world.aws;
    const role = stage.roles.create('Role', TRUSTED);
    expect(await deploy(stage, of('Role'))).toBe('CREATE_COMPLETE');
    const before = role.trust;
    const status = await deploy(stage, of('Role', 'base'), moment);
    expect([moment, status, role.trust]).toEqual([moment, 'UPDATE_ROLLBACK_COMPLETE', before]);
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect([moment, role.trust, parameters.size]).toEqual([moment, TRUSTED, 0]);
    if (isCancelled(stage)) cancelled++;
  }
  expect(cancelled).toBeGreaterThan(4);
});

test('a base account that moves to another platform, cancelled at any moment: the entry of before is left, and no other (fault 12)', async () => {
  let cancelled = 0;
  let made = 0;
  // A call that takes long goes on after everything else is over.
  for (const [moment, slow] of moments(16).flatMap((one) => [[one, CALL], [one, 20_000]] as const)) {
    const stage = new BaseAccountStage({ writeApi: true, seed: moment });
    const { world, requests, stack } = stage;
    const other = world.addPlatform();
    expect(await stage.deploy()).toBe('CREATE_COMPLETE');
    world.traffic.latency = ({ step }) => (step.includes('/create/') ? slow : CALL);
    const status = await stage.deploy({ platform: 'other' }, { more: { Fails: failsAfter(world.time, moment) } });
    await requests.settled();
    if (stack.events.includes('Registration UPDATE_FAILED: Resource update cancelled')) cancelled++;
    if (other.requests().some(({ path }) => path.includes('/create/'))) made++;
    const records = [...world.aws.parameters.keys()].filter((name) => !name.endsWith(CANCELLATION_SUFFIX));
    const left = [other.baseAccounts(), records];
    expect([moment, slow, status, world.service.baseAccounts().length, stage.record?.status, ...left])
      .toEqual([moment, slow, 'UPDATE_ROLLBACK_COMPLETE', 1, 'REGISTERED', [], [stage.recordName]]);
  }
  expect([cancelled > 10, made > 3]).toEqual([true, true]);
}, 120_000);
