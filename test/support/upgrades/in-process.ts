import { handlerOf } from '../../../projenrc/handlers';
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
    return { ...this.deployable(template, raw), ...more };
  }

  /**
   * What was deployed, as the handlers of now can serve it. Their code of that day is gone, and today's asks its environment what it may be asked for:
   * so functions have the environment of `now`, with the properties of that day in it. CloudFormation puts back code and environment together, so
   * that neither ever meets the other's.
   */
  public bringFormer(stored: Synthesized, now: Synthesized): Template {
    const [before, after] = [named(stored).Resources, named(now).Resources];
    const Resources = Object.fromEntries(Object.entries(before).map(([id, resource]) => [
      id, resource.Type === 'AWS::Lambda::Function' ? { ...resource, Properties: { ...resource.Properties, Environment: after[id]!.Properties!.Environment } } : resource,
    ]));
    const raw = Object.fromEntries(Object.entries(before).filter(([, { Type }]) => handlerOf(Type)).map(([id, { Properties = {} }]) => {
      const later = after[id]!.Properties ?? {};
      const differ = Object.keys({ ...Properties, ...later }).filter((name) => JSON.stringify(Properties[name]) !== JSON.stringify(later[name]));
      return [id, Object.fromEntries(differ.map((name) => [name, Properties[name]]))];
    }));
    return this.deployable({ Resources }, raw);
  }

  private deployable(template: Synthesized, raw: Readonly<Record<string, object>>): Template {
    const place = { world: this.world, stackName: this.stack.name, generation: 'a1b2c3' };
    return deployable(template, { ...place, raw, ignoresPolicies: true, ignoresRights: true });
  }

  /** What the function of the registration does once a day. */
  public async dailyRun(): Promise<Ended> {
    const [registration] = [...this.stack.resources.values()].filter(({ template: { type } }) => type === BASE_ACCOUNT_RESOURCE_TYPE);
    return this.world.functionAt(registration!.properties.ServiceToken).deliver(DAILY_RUN_EVENT);
  }
}
