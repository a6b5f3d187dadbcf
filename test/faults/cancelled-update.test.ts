import { ROLE_TRUST_RECORD_PREFIX, ROLE_TRUST_RESOURCE_TYPE } from '../../src/wire/role-trust';
import { documentOf, EXTERNAL_ID, QUALYS, TRUSTS, VENDOR } from '../handlers/role-trust/world';
import { BaseAccountStage } from '../support/base-account-stage';
import { Requests } from '../support/cloudformation/requests';
import { Stack } from '../support/cloudformation/stack';
import { failsAfter, ResourceTemplate } from '../support/cloudformation/template';
import { connectorResource, liveConnectors, ROLE } from '../support/connector-resource';
import { OTHER_HOSTS } from '../support/lambda/network';
import { World } from '../support/lambda/world';

/*
 * CloudFormation cancels what is under way when another resource fails. A Create is taken back by a Delete with an ID that CloudFormation
 * invented. An update is taken back by another one to the properties of before, which may be over sooner than the first; and if it was to
 * replace the resource, nobody knows the ID of what it makes.
 */

/** Milliseconds that a call takes. */
const CALL = 100;
/** From before the first call to after the last one. */
const moments = (calls: number) => Array.from({ length: calls * 2 }, (_, index) => index * CALL / 2 + CALL / 4);

class Story {
  public readonly world: World;
  public readonly stack: Stack;
  private readonly requests: Requests;

  public constructor(seed: number) {
    this.world = new World({ seed });
    this.requests = new Requests(this.world);
    this.stack = new Stack(this.requests);
    this.world.traffic.latency = () => CALL;
  }

  /** Another resource fails after so long. */
  public async deploy(resource: ResourceTemplate, failure?: number): Promise<string> {
    const status = await this.stack.deploy({ Resource: resource, ...failure === undefined ? {} : { Fails: failsAfter(this.world.time, failure) } });
    await this.requests.settled();
    return status;
  }

  public get cancelled(): boolean {
    return this.stack.events.some((event) => event.startsWith('Resource') && event.endsWith('cancelled'));
  }
}

const connectors = ({ world }: Story) => liveConnectors(world).map(({ settings }) => settings.arn);

test('a connector whose Create is cancelled at any moment: nothing is left (fault 12)', async () => {
  let cancelled = 0;
  for (const moment of moments(6)) {
    const story = new Story(moment);
    const status = await story.deploy(connectorResource(story.world), moment);
    expect([moment, status, connectors(story)]).toEqual([moment, 'ROLLBACK_COMPLETE', []]);
    if (story.cancelled) cancelled++;
  }
  expect(cancelled).toBeGreaterThan(4);
});

test('a connector that moves to another role, cancelled at any moment: the one of before is left, and no other', async () => {
  let cancelled = 0;
  for (const moment of moments(8)) {
    const story = new Story(moment);
    expect(await story.deploy(connectorResource(story.world))).toBe('CREATE_COMPLETE');
    const status = await story.deploy(connectorResource(story.world, { RoleArn: `${ROLE}2` }), moment);
    expect([moment, status, connectors(story)]).toEqual([moment, 'UPDATE_ROLLBACK_COMPLETE', [ROLE]]);
    if (story.cancelled) cancelled++;
  }
  expect(cancelled).toBeGreaterThan(6);
});

test('a connector that is changed, cancelled at any moment: it is as before', async () => {
  let cancelled = 0;
  for (const moment of moments(6)) {
    const story = new Story(moment);
    expect(await story.deploy(connectorResource(story.world))).toBe('CREATE_COMPLETE');
    const before = JSON.stringify(liveConnectors(story.world));
    const status = await story.deploy(connectorResource(story.world, { Name: 'Other', PollingMinutes: '60' }), moment);
    expect([moment, status, JSON.stringify(liveConnectors(story.world))]).toEqual([moment, 'UPDATE_ROLLBACK_COMPLETE', before]);
    if (story.cancelled) cancelled++;
  }
  expect(cancelled).toBeGreaterThan(4);
});

const trustOf = ({ world }: Story, roleName: string, trust: keyof typeof TRUSTS = 'both'): ResourceTemplate => ({
  type: ROLE_TRUST_RESOURCE_TYPE,
  deliver: (event) => world.function('role-trust').deliver(event),
  properties: {
    SchemaVersion: '1',
    RoleArn: `arn:aws:iam::111111111111:role/${roleName}`,
    ExternalId: EXTERNAL_ID,
    Statements: TRUSTS[trust],
    FormerAccountIds: [QUALYS],
    AdoptExisting: 'false',
    RecordName: `${ROLE_TRUST_RECORD_PREFIX}/${roleName}`,
  },
});

test('the trust of a role, begun or moved to another role, cancelled at any moment: that role is as it was', async () => {
  const original = documentOf(VENDOR);
  let cancelled = 0;
  for (const moment of moments(8)) {
    for (const before of [undefined, 'Before']) {
      const story = new Story(moment);
      const { account: { roles }, parameters } = story.world.aws;
      ['Before', 'After'].forEach((name) => roles.create(name, original));
      if (before) expect(await story.deploy(trustOf(story, before))).toBe('CREATE_COMPLETE');
      const records = parameters.size;
      const status = await story.deploy(trustOf(story, 'After'), moment);
      expect([moment, before, status, roles.get('After').trust, parameters.size])
        .toEqual([moment, before, before ? 'UPDATE_ROLLBACK_COMPLETE' : 'ROLLBACK_COMPLETE', original, records]);
      if (story.cancelled) cancelled++;
    }
  }
  expect(cancelled).toBeGreaterThan(10);
});

test('the trust of a role that is switched, cancelled at any moment: it is as before, and comes back in the end', async () => {
  let cancelled = 0;
  for (const moment of moments(8)) {
    const story = new Story(moment);
    const { account: { roles }, parameters } = story.world.aws;
    const original = documentOf(VENDOR);
    roles.create('Role', original);
    expect(await story.deploy(trustOf(story, 'Role', 'both'))).toBe('CREATE_COMPLETE');
    const before = roles.get('Role').trust;
    const status = await story.deploy(trustOf(story, 'Role', 'base'), moment);
    expect([moment, status, roles.get('Role').trust]).toEqual([moment, 'UPDATE_ROLLBACK_COMPLETE', before]);
    expect(await story.stack.delete()).toBe('DELETE_COMPLETE');
    expect([moment, roles.get('Role').trust, parameters.size]).toEqual([moment, original, 0]);
    if (story.cancelled) cancelled++;
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
    const { apiServer: ApiServer, gateway: Gateway, platformUrl: PlatformUrl } = OTHER_HOSTS;
    const other = world.addPlatform();
    expect(await stage.deploy()).toBe('CREATE_COMPLETE');
    world.traffic.latency = ({ step }) => (step.includes('/create/') ? slow : CALL);
    const registration = { Service: { ...stage.properties().Service, ApiServer, Gateway, PlatformUrl }, RecordName: `${stage.recordName}-other` };
    const status = await stage.deploy({ registration, more: { Fails: failsAfter(world.time, moment) } });
    await requests.settled();
    if (stack.events.includes('Registration UPDATE_FAILED: Resource update cancelled')) cancelled++;
    if (other.requests().some(({ path }) => path.includes('/create/'))) made++;
    const left = [other.baseAccounts(), world.aws.parameters.has(registration.RecordName)];
    expect([moment, slow, status, world.service.baseAccounts().length, stage.record?.status, ...left])
      .toEqual([moment, slow, 'UPDATE_ROLLBACK_COMPLETE', 1, 'REGISTERED', [], false]);
  }
  expect([cancelled > 10, made > 3]).toEqual([true, true]);
}, 120_000);
