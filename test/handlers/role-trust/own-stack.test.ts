import { documentOf, EXTERNAL_ID, QUALYS, RECORD, ROLE_ARN, ROLE_NAME, TRUSTS, VENDOR } from './world';
import { ROLE_TRUST_RESOURCE_TYPE } from '../../../src/wire/role-trust';
import { Requests } from '../../support/cloudformation/requests';
import { Stack } from '../../support/cloudformation/stack';
import { failsAfter } from '../../support/cloudformation/template';
import { World } from '../../support/lambda/world';

const ORIGINAL = documentOf(VENDOR);

/** A stack that edits the trust of a role, with the function as it ships. */
class Story {
  public readonly world = new World();
  public readonly stack = new Stack(new Requests(this.world));

  public constructor() {
    this.world.aws.account.roles.create(ROLE_NAME, ORIGINAL);
  }

  public async deploy(trust: keyof typeof TRUSTS, logicalId: string, failsElsewhere = false): Promise<string> {
    return this.stack.deploy({
      [logicalId]: {
        type: ROLE_TRUST_RESOURCE_TYPE,
        deliver: (event) => this.world.function('role-trust').deliver(event),
        properties: {
          SchemaVersion: '1', RoleArn: ROLE_ARN, ExternalId: EXTERNAL_ID, Statements: TRUSTS[trust], FormerAccountIds: [QUALYS], AdoptExisting: 'false', RecordName: RECORD,
        },
      },
      ...failsElsewhere ? { Fails: { ...failsAfter(this.world.time, 1), dependsOn: [logicalId] } } : {},
    });
  }

  public get trust(): string {
    return this.world.aws.account.roles.get(ROLE_NAME).trust;
  }

  /** What was asked of CloudFormation. */
  public get asked(): number {
    return this.world.traffic.calls.filter(({ step }) => step.startsWith('cloudformation:')).length;
  }
}

test('a stack without a renaming is never asked about', async () => {
  const story = new Story();
  expect(await story.deploy('both', 'Trust')).toBe('CREATE_COMPLETE');
  expect(await story.deploy('base', 'Trust')).toBe('UPDATE_COMPLETE');
  expect(await story.stack.delete()).toBe('DELETE_COMPLETE');
  expect([story.asked, story.trust]).toEqual([0, ORIGINAL]);
});

test('a renaming whose old resource could not be deleted: the deleted stack puts the trust back and leaves nothing', async () => {
  const story = new Story();
  const { traffic, aws } = story.world;
  await story.deploy('both', 'Trust');
  traffic.fault = ({ step }) => (step.startsWith('cloudformation:') ? 'throttle' : undefined);
  expect(await story.deploy('base', 'Renamed')).toBe('UPDATE_COMPLETE');
  expect(story.stack.events.at(-1)).toMatch(/^Trust DELETE_FAILED: Throttling/);
  traffic.fault = undefined;
  expect(await story.stack.delete()).toBe('DELETE_COMPLETE');
  expect([story.trust, aws.parameters.size]).toEqual([ORIGINAL, 0]);
});

test('where an organization forbids to ask, a renaming works, and its rollback takes no trust away', async () => {
  const story = new Story();
  await story.deploy('both', 'Trust');
  const before = story.trust;
  story.world.aws.allowed = (action) => !action.startsWith('cloudformation:');
  expect(await story.deploy('base', 'Renamed', true)).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(story.trust).toBe(before);
  expect(await story.deploy('base', 'Renamed')).toBe('UPDATE_COMPLETE');
  expect(await story.stack.delete()).toBe('DELETE_COMPLETE');
  expect([story.trust, story.world.aws.parameters.size]).toEqual([ORIGINAL, 0]);
});
