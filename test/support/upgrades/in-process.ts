import { BASE_ACCOUNT_RESOURCE_TYPE, DAILY_RUN_EVENT } from '../../../src/wire/base-account';
import { Requests } from '../cloudformation/requests';
import { Stack } from '../cloudformation/stack';
import type { Template } from '../cloudformation/template';
import type { Ended } from '../lambda/function';
import { World } from '../lambda/world';
import { deployable, Synthesized } from '../stage/deployable';
import { named } from '../stage/synthesized';

const EDITED_ROLE = { // the one that the app `trust` edits
  Version: '2012-10-17',
  Statement: [{
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::444455556666:root' },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': '83172650944188230571' } },
  }],
};

/** Templates, as stored or as synthesized, deployed with the bundled handlers of now. */
export class UpgradeWorld {
  public readonly world = new World({ writeApi: true });
  public readonly stack = new Stack(new Requests(this.world));

  public constructor() {
    this.world.aws.account.roles.create('Elsewhere', EDITED_ROLE, '/security/');
  }

  /** Nothing of it is retained; `changes` by resource type. */
  public bring(synthesized: Synthesized, changes: Readonly<Record<string, object>> = {}, more: Template = {}): Template {
    const template = named(synthesized);
    const raw = Object.fromEntries(Object.entries(template.Resources).map(([id, { Type }]) => [id, changes[Type]!]).filter(([, change]) => change));
    const place = { world: this.world, stackName: this.stack.name, generation: 'a1b2c3' };
    return { ...deployable(template, { ...place, raw, ignoresPolicies: true, ignoresRights: true }), ...more };
  }

  /** What the function of the registration does once a day. */
  public async dailyRun(): Promise<Ended> {
    const [registration] = [...this.stack.resources.values()].filter(({ template: { type } }) => type === BASE_ACCOUNT_RESOURCE_TYPE);
    return this.world.functionAt(registration!.properties.ServiceToken).deliver(DAILY_RUN_EVENT);
  }
}
