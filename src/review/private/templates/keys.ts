import { resolve, textOf } from './intrinsics';
import { Policies, PolicyText } from './policies';
import { texts } from './principals';
import { isObject, Json, JsonObject, Located, Resource, Scope } from './scope';
import { resourcesOf, Templates } from './templates';
import { assumes } from './trust';
import { Key, unique } from '../model';

/** The long-lived keys of an app: those that the library's function makes, and those of the template itself. */
export function keysOf(templates: Templates, policies: Policies): Located<Key>[] {
  return [
    ...templates.resources('Custom::QualysAccessKey').map(({ scope, resource }) => madeKey(templates, policies, scope, resource)),
    ...templates.resources('AWS::IAM::AccessKey').map(({ scope, resource }) => writtenKey(templates, policies, scope, resource)),
  ];
}

function madeKey(templates: Templates, policies: Policies, scope: Scope, resource: Resource): Located<Key> {
  const { properties } = resource;
  const [user, account] = [textOf(scope, properties.UserName), textOf(scope, properties.AwsAccountId)];
  return {
    user,
    account,
    opens: opensOf(templates, policies, scope, user, account),
    rotates: rotationOf(templates, scope, properties.SecretArn),
    removal: removalOf(resource),
    at: { scope, logicalId: resource.logicalId },
  };
}

function writtenKey(templates: Templates, policies: Policies, scope: Scope, resource: Resource): Located<Key> {
  const user = textOf(scope, resource.properties.UserName);
  const opens = opensOf(templates, policies, scope, user, scope.place.account);
  const ofSecret = [`"${resource.logicalId}","SecretAccessKey"`, `${resource.logicalId}.SecretAccessKey`];
  const shown = Object.entries(scope.template.Outputs ?? {}).filter(([, { Value }]) => ofSecret.some((text) => JSON.stringify(Value ?? '').includes(text)))
    .map(([name]) => name);
  const says = shown.length > 0 ? `its secret stands in the output ${shown.join(', ')}` : 'the template makes it, so that its secret is where the template hands it';
  return {
    user,
    account: scope.place.account,
    opens,
    rotates: 'never',
    removal: removalOf(resource),
    ...(opens.length > 0 || shown.length > 0) && { flaw: { rule: 'key-in-template' as const, says } },
    at: { scope, logicalId: resource.logicalId },
  };
}

export function removalOf({ deletionPolicy = '' }: Resource): string {
  return /^Retain/.test(deletionPolicy) ? 'stays when its stack is deleted' : 'goes with its stack';
}

/** How often the secret rotates that keeps a key; both are known by what they refer to. */
export function rotationOf(templates: Templates, scope: Scope, secret: Json): string {
  const wanted = textOf(scope, secret);
  const schedules = templates.resources('AWS::SecretsManager::RotationSchedule')
    .filter(({ scope: one, resource }) => one.place.account === scope.place.account && textOf(one, resource.properties.SecretId) === wanted);
  const rules = schedules.map(({ scope: one, resource }) => resolve(one, resource.properties.RotationRules)).find(isObject);
  if (!rules) return 'never';
  const text = String(rules.ScheduleExpression ?? `rate(${String(rules.AutomaticallyAfterDays)} days)`);
  return text.replace(/^rate\((.*)\)$/, 'every $1');
}

/** The roles that a user may ask for. */
function opensOf(templates: Templates, policies: Policies, near: Scope, user: string, account: string): string[] {
  const users = templates.resources('AWS::IAM::User')
    .filter(({ scope, resource }) => scope.place.account === near.place.account && textOf(scope, { Ref: resource.logicalId }) === user);
  // In its own template first.
  const found = users.find(({ scope }) => scope === near) ?? users[0];
  if (!found) return ['what its policies in another app say'];
  const { scope, resource: one } = found;
  const own = policies.of(scope, one, 'Users', user);
  const groups = groupsOf(scope, one, user).map((name) => ({ name, group: resourcesOf(scope, 'AWS::IAM::Group').find(({ logicalId }) => textOf(scope, { Ref: logicalId }) === name) }));
  const ofGroups = groups.map(({ name, group }) => (group ? policies.of(scope, group, 'Groups', name) : { texts: [], names: [`what the group ${name} may do`] }));
  const all = [own, ...ofGroups];
  return unique([
    ...all.flatMap(({ texts: list }) => list.flatMap((policy) => opened(policy, account))),
    ...all.flatMap(({ names }) => names.map((name) => (name.startsWith('what ') ? name : `what the policy ${name} allows`))),
  ]);
}

function groupsOf(scope: Scope, user: Resource, name: string): string[] {
  const additions = resourcesOf(scope, 'AWS::IAM::UserToGroupAddition')
    .filter(({ properties }) => texts(resolve(scope, properties.Users) ?? []).includes(name))
    .map(({ properties }) => textOf(scope, properties.GroupName));
  return unique([...texts(resolve(scope, user.properties.Groups) ?? []), ...additions]);
}

function opened({ statements }: PolicyText, account: string): string[] {
  return statements.filter((statement) => statement.Effect !== 'Deny' && assumes(statement)).flatMap((statement) => {
    const resources = statement.NotResource === undefined ? texts(statement.Resource) : [`every role but ${texts(statement.NotResource).join(', ')}`];
    return resources.map((resource) => `${rolesIn(resource, account)}${asked(statement)}`);
  });
}

function rolesIn(resource: string, account: string): string {
  if (resource === '*') return `every role that trusts ${account}`;
  const [, where = '', name] = /^arn:[^:]*:iam::([^:]*):role\/(.+)$/s.exec(resource) ?? [];
  return name === undefined ? resource : `${where === '*' ? 'any account' : where}: role ${name}`;
}

function asked({ Condition }: JsonObject): string {
  const entriesOf = (value: Json) => Object.entries(isObject(value) ? value : {});
  const words = entriesOf(Condition).flatMap(([operator, keys]) => entriesOf(keys).map(([name, value]) => {
    const list = texts(value).join(' or ');
    if (operator === 'StringEquals' && name === 'aws:ResourceOrgID') return `organization ${list}`;
    return name === 'sts:ExternalId' ? `external ID ${list}` : `${operator} ${name} ${list}`;
  }));
  return words.length === 0 ? '' : ` (${words.sort().join(', ')})`;
}
