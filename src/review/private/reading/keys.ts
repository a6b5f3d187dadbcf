import { unique } from '../lists';
import { Key } from '../model';
import { clausesOf } from './asked';
import { Policies, Policy } from './policies';
import { assumes } from './statements';
import { resolve, textOf } from '../templates/intrinsics';
import { isObject, Json, Located, Resource, Scope, texts } from '../templates/scope';
import { resourcesOf, Templates } from '../templates/templates';

/** The long-lived keys of an app: those that the library's function makes, and those of the template itself. */
export function keysOf(templates: Templates, policies: Policies): Located<Key>[] {
  return ['Custom::QualysAccessKey', 'AWS::IAM::AccessKey'].flatMap((type) => templates.resources(type)).map((resource) => keyOf(resource, templates, policies));
}

function keyOf(resource: Resource, templates: Templates, policies: Policies): Located<Key> {
  const { scope, type, properties, removal } = resource;
  const isWritten = type === 'AWS::IAM::AccessKey';
  const user = textOf(scope, properties.UserName);
  const account = isWritten ? scope.place.account : textOf(scope, properties.AwsAccountId);
  const opens = opensOf(templates, policies, scope, user, account);
  const rotates = isWritten ? 'never' : rotationOf(templates, scope, properties.SecretArn);
  const shown = isWritten ? outputsOf(resource) : [];
  const says = shown.length > 0 ? `its secret stands in the output ${shown.join(', ')}` : 'the template makes it, so that its secret is where the template hands it';
  const isFlawed = isWritten && (opens.length > 0 || shown.length > 0);
  return { user, account, opens, rotates, removal, ...isFlawed && { flaw: { rule: 'key-in-template', says } }, at: resource };
}

/** The outputs that show the secret. */
function outputsOf({ scope, logicalId }: Resource): string[] {
  const secret = [`"${logicalId}","SecretAccessKey"`, `${logicalId}.SecretAccessKey`];
  return Object.entries(scope.template.Outputs ?? {}).filter(([, { Value = '' }]) => secret.some((text) => JSON.stringify(Value).includes(text))).map(([name]) => name);
}

/** How often the secret rotates that keeps a key; both are known by what they refer to. */
export function rotationOf(templates: Templates, near: Scope, secret: Json): string {
  const wanted = textOf(near, secret);
  const rules = templates.resources('AWS::SecretsManager::RotationSchedule')
    .filter(({ scope, properties }) => scope.place.account === near.place.account && textOf(scope, properties.SecretId) === wanted)
    .map(({ scope, properties }) => resolve(scope, properties.RotationRules)).find(isObject);
  if (!rules) return 'never';
  return String(rules.ScheduleExpression ?? `rate(${String(rules.AutomaticallyAfterDays)} days)`).replace(/^rate\((.*)\)$/, 'every $1');
}

/** The roles that a user may ask for. */
function opensOf(templates: Templates, policies: Policies, near: Scope, user: string, account: string): string[] {
  const nameOf = ({ scope, logicalId }: Resource) => textOf(scope, { Ref: logicalId });
  const users = templates.resources('AWS::IAM::User').filter((one) => one.scope.place.account === near.place.account && nameOf(one) === user);
  // In its own template first.
  const found = users.find(({ scope }) => scope === near) ?? users[0];
  if (!found) return ['what its policies in another app say'];
  const groups = groupsOf(found, user).map((name) => {
    const group = resourcesOf(found.scope, 'AWS::IAM::Group').find((one) => nameOf(one) === name);
    return group ? policies.of(group, 'Groups', name) : { policies: [], names: [`what the group ${name} may do`] };
  });
  return unique([policies.of(found, 'Users', user), ...groups].flatMap(({ policies: held, names }) => [
    ...held.flatMap((policy) => opened(policy, account)),
    ...names.map((name) => (name.startsWith('what ') ? name : `what the policy ${name} allows`)),
  ]));
}

function groupsOf({ scope, properties: { Groups } }: Resource, user: string): string[] {
  const added = resourcesOf(scope, 'AWS::IAM::UserToGroupAddition').filter(({ properties }) => texts(resolve(scope, properties.Users) ?? []).includes(user));
  return unique([...texts(resolve(scope, Groups) ?? []), ...added.map(({ properties }) => textOf(scope, properties.GroupName))]);
}

function opened({ statements }: Policy, account: string): string[] {
  return statements.filter((statement) => statement.Effect !== 'Deny' && assumes(statement)).flatMap(({ Resource: on, NotResource, Condition }) => {
    const asked = askedIn(Condition);
    const roles = NotResource === undefined ? texts(on).map((one) => rolesIn(one, account)) : [`every role but ${texts(NotResource).join(', ')}`];
    return roles.map((one) => `${one}${asked}`);
  });
}

function rolesIn(resource: string, account: string): string {
  if (resource === '*') return `every role that trusts ${account}`;
  const [, where, name] = /^arn:[^:]*:iam::([^:]*):role\/(.+)$/s.exec(resource) ?? [];
  return name === undefined ? resource : `${where === '*' ? 'any account' : where}: role ${name}`;
}

function askedIn(condition: Json): string {
  const words = clausesOf(condition).map(({ operator, key, values }) => {
    const list = values.join(' or ');
    if (operator === 'StringEquals' && key === 'aws:ResourceOrgID') return `organization ${list}`;
    return key === 'sts:ExternalId' ? `external ID ${list}` : `${operator} ${key} ${list}`;
  });
  return words.length === 0 ? '' : ` (${words.sort().join(', ')})`;
}
