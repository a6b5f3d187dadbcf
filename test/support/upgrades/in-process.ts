import { Requests } from '../cloudformation/requests';
import { Stack } from '../cloudformation/stack';
import { getAtt, ResourceTemplate, Template } from '../cloudformation/template';
import { World } from '../lambda/world';
import { nameOf, plain } from '../synth';
import { Deployable } from './replacements';

const HANDLERS: Readonly<Record<string, string>> = {
  'Custom::QualysAccessKey': 'access-key',
  'Custom::QualysBaseAccount': 'base-account',
  'Custom::QualysConnector': 'connector',
  'Custom::QualysAccountLookup': 'connector',
  'Custom::QualysRoleTrust': 'role-trust',
};

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

  /** What its custom resources are, and the environment of its functions; `changes` by resource type. */
  public bring(deployable: Deployable, changes: Readonly<Record<string, object>> = {}, more: Template = {}): Template {
    const resources = Object.entries(deployable.Resources)
      .map(([id, { Type, Properties = {} }]) => ({ id, name: nameOf(id), type: Type, properties: plain(Properties) }));
    const ids = new Map(resources.map(({ id, name }) => [name, id]));
    const known: Record<string, string> = { '${AWS::Partition}': 'aws', '${AWS::StackId}': this.stack.stackId };
    for (const { name, type, properties } of resources) {
      if (type === 'AWS::IAM::User') {
        known[`\${${name}}`] = properties.UserName ?? `CentralSecurity-${name}`;
        this.world.aws.account.users.add(known[`\${${name}}`]!);
      }
      if (type === 'AWS::IAM::Role') known[`\${${name}.Arn}`] = `arn:aws:iam::111111111111:role/${properties.RoleName ?? name}`;
      if (type === 'AWS::SecretsManager::Secret') {
        known[`\${${name}}`] = this.world.secretArn(`${name}-a1b2c3`);
        this.world.aws.secret(known[`\${${name}}`]!).rotationEnabled = true;
      }
      if (type === 'AWS::SNS::Topic') {
        known[`\${${name}}`] = `arn:aws:sns:us-east-1:111111111111:${name}`;
        this.world.aws.topics.add(known[`\${${name}}`]!);
      }
    }
    const filled = <Value>(value: Value): Value => JSON.parse(Object.entries(known)
      .reduce((text, [reference, is]) => text.replaceAll(reference, is), JSON.stringify(value)));
    for (const { type, properties } of resources) {
      const env = filled<Record<string, string>>(properties.Environment?.Variables ?? {});
      if (type === 'AWS::Lambda::Function' && 'REGISTRATION' in env) this.world.function('base-account', env);
    }
    const custom = resources.filter(({ type }) => type in HANDLERS).map(({ id, type, properties }): [string, ResourceTemplate] => [id, {
      type,
      deliver: (event) => this.world.function(HANDLERS[type]!).deliver(event),
      properties: attributes({ ...filled(properties), ...changes[type] }, ids),
    }]);
    return { ...Object.fromEntries(custom), ...more };
  }
}

/** `${Key.AccessKeyId}` is what the resource answers; other references are of no account here. */
function attributes(value: unknown, ids: ReadonlyMap<string, string>): any {
  if (Array.isArray(value)) return value.map((item) => attributes(item, ids));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, attributes(inner, ids)]));
  const [, name = '', attribute = ''] = /^\$\{(\w+)\.(\w+)\}$/.exec(String(value)) ?? [];
  return ids.has(name) && attribute !== 'Arn' ? getAtt(ids.get(name)!, attribute) : value;
}
