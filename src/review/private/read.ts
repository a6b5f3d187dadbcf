import { compare, Entry, Key, Model, Role, sortedBy, Way } from './model';
import { Rights } from './rights';
import { isInner, settled } from './templates/callers';
import { Presented } from './templates/connectors';
import { entriesOf } from './templates/entries';
import { resolve, textOf } from './templates/intrinsics';
import { keysOf } from './templates/keys';
import { Policies } from './templates/policies';
import { Located } from './templates/scope';
import { Found, Templates } from './templates/templates';
import { RawWay, TrustPolicies } from './templates/trust';
import { ROLE_TRUST_RESOURCE_TYPE } from '../../wire/role-trust';

interface RawRole extends Found {
  readonly name: string;
  readonly origin: Role['origin'];
  readonly ways: readonly RawWay[];
}

/** Reads all that an assembly deploys. */
export function readAssembly(folder: string): Model {
  const templates = new Templates(folder);
  const policies = new Policies(templates);
  const keys = sortedBy(keysOf(templates, policies), (key) => `${key.account} ${key.user} ${key.rotates}`);
  const entries = sortedBy(entriesOf(templates), (entry) => JSON.stringify(entry));
  const raw = rolesOf(templates);
  const bases = basesOf(keys, entries);
  const rights = new Rights();
  const presented = new Presented(templates);
  // Roles that are alike share the list of their ways.
  const ways = new Map<readonly RawWay[], readonly Way[]>();
  const shown = raw.filter((one) => one.origin === 'edited' || !isInner(one.ways, one.scope.place.account, bases)).map((one) => {
    if (!ways.has(one.ways)) ways.set(one.ways, settled(one.ways, one.scope.place.account, bases));
    return roleOf(one, ways.get(one.ways)!, policies, rights, presented);
  });
  return {
    roles: inOrder(shown),
    keys,
    entries,
    grants: Object.fromEntries(sortedBy(Object.entries(rights.lines), ([id]) => id)),
    read: { templates: templates.scopes.length, roles: raw.length, unread: [...new Set(templates.unread)].sort(compare) },
  };
}

/** Accounts whose user the service signs as. */
function basesOf(keys: readonly Key[], entries: readonly Entry[]): Set<string> {
  return new Set([...entries, ...keys.filter(({ flaw }) => !flaw)].map(({ account }) => account));
}

function rolesOf(templates: Templates): RawRole[] {
  const trust = new TrustPolicies();
  const made = templates.resources('AWS::IAM::Role').map(({ scope, resource }): RawRole => ({
    scope,
    resource,
    name: textOf(scope, { Ref: resource.logicalId }),
    origin: 'made',
    ways: trust.waysOf(scope, parsed(resource.properties.AssumeRolePolicyDocument), resource.marks),
  }));
  const edited = templates.resources(ROLE_TRUST_RESOURCE_TYPE).map(({ scope, resource }): RawRole => ({
    scope,
    resource,
    name: textOf(scope, resource.properties.RoleArn).replace(/^.*:role\/(.*\/)?/s, ''),
    origin: 'edited',
    ways: trust.waysOf(scope, { Statement: resource.properties.Statements }, resource.marks),
  }));
  return [...made, ...edited];
}

/** CloudFormation takes a document as text too. */
function parsed(document: unknown): unknown {
  if (typeof document !== 'string') return document;
  try {
    return JSON.parse(document) as unknown;
  } catch {
    return document;
  }
}

function roleOf(raw: RawRole, ways: readonly Way[], policies: Policies, rights: Rights, presented: Presented): Located<Role> {
  const { scope, resource, name, origin } = raw;
  const { place, where } = scope;
  const { texts, names } = origin === 'made' ? policies.of(scope, resource, 'Roles', name) : { texts: [], names: [] };
  const { may, grants } = rights.of(names, texts, place.account);
  const boundary = resolve(scope, resource.properties.PermissionsBoundary);
  const shutOut = presented.shutOut(place.partition, where, name, ways);
  return {
    name,
    where,
    partition: place.partition,
    origin,
    ways,
    may,
    grants,
    ...boundary !== undefined && origin === 'made' && { boundary: String(boundary).replace(/^.*:policy\/(.*\/)?/s, '') },
    ...shutOut.length > 0 && { shutOut },
    at: { scope, logicalId: resource.logicalId },
  };
}

/** By name, partition and place; those that share them by all that is said of them, so that the order of stacks does not matter. */
function inOrder(roles: readonly Located<Role>[]): Located<Role>[] {
  const wholeOf = ({ at: _, ...role }: Located<Role>) => JSON.stringify(role);
  return roles.map((role) => [`${role.name}\n${role.partition}\n${role.where.join()}`, role] as const)
    .sort(([one, role], [other, another]) => compare(one, other) || compare(wholeOf(role), wholeOf(another)))
    .map(([, role]) => role);
}
