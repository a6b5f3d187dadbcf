import { ROLE_TRUST_RESOURCE_TYPE } from '../../../wire/role-trust';
import { once, sortedBy, unique } from '../lists';
import { Model, Role, Way } from '../model';
import { isInner, settled } from './callers';
import { Presented } from './connectors';
import { entriesOf } from './entries';
import { keysOf } from './keys';
import { Policies } from './policies';
import { RawWay, TrustPolicies } from './trust';
import { resolve, textOf } from '../templates/intrinsics';
import { Located, Resource } from '../templates/scope';
import { Templates } from '../templates/templates';

/** Reads all that an assembly deploys. */
export function readAssembly(folder: string): Model {
  const templates = new Templates(folder);
  const policies = new Policies(templates);
  const keys = sortedBy(keysOf(templates, policies), (key) => `${key.account} ${key.user} ${key.rotates}`);
  const entries = sortedBy(entriesOf(templates), (entry) => JSON.stringify(entry));
  // Accounts whose user the service signs as.
  const bases = new Set([...entries, ...keys.filter(({ flaw }) => !flaw)].map(({ account }) => account));
  const presented = new Presented(templates);
  const trust = new TrustPolicies();
  // Roles that share a policy share the list of their ways.
  const ways = new Map<readonly RawWay[], readonly Way[]>();
  const all = ['AWS::IAM::Role', ROLE_TRUST_RESOURCE_TYPE].flatMap((type) => templates.resources(type));
  const roles = all.flatMap((resource) => {
    const { account } = resource.scope.place;
    const raw = trust.waysOf(resource.scope, documentOf(resource), resource.marks);
    if (resource.type === 'AWS::IAM::Role' && isInner(raw, account, bases)) return [];
    return [roleOf(resource, once(ways, raw, () => settled(raw, account, bases)), policies, presented)];
  });
  return {
    roles: inOrder(roles),
    keys,
    entries,
    grants: Object.fromEntries(sortedBy(Object.entries(policies.grants), ([id]) => id)),
    read: { templates: templates.scopes.length, roles: all.length, unread: unique(templates.unread) },
  };
}

/** CloudFormation takes a document as text too. */
function documentOf({ type, properties: { AssumeRolePolicyDocument: document, Statements } }: Resource): unknown {
  if (type !== 'AWS::IAM::Role') return { Statement: Statements };
  if (typeof document !== 'string') return document;
  try {
    return JSON.parse(document) as unknown;
  } catch {
    return document;
  }
}

function roleOf(resource: Resource, ways: readonly Way[], policies: Policies, presented: Presented): Located<Role> {
  const { scope: { place: { partition, account }, where }, scope, type, logicalId, properties } = resource;
  const isMade = type === 'AWS::IAM::Role';
  const name = isMade ? textOf(scope, { Ref: logicalId }) : lastOf(textOf(scope, properties.RoleArn));
  const boundary = isMade ? resolve(scope, properties.PermissionsBoundary) : undefined;
  const shutOut = presented.shutOut(partition, where, name, ways);
  return {
    name,
    where,
    partition,
    origin: isMade ? 'made' : 'edited',
    ways,
    ...policies.rightsOf(isMade ? policies.of(resource, 'Roles', name) : { policies: [], names: [] }, account),
    ...boundary !== undefined && { boundary: lastOf(String(boundary)) },
    ...shutOut.length > 0 && { shutOut },
    at: resource,
  };
}

/** Of an ARN what stands behind the path. */
const lastOf = (arn: string) => arn.replace(/^.*:(role|policy)\/(.*\/)?/s, '');

/** By name, partition and place; those that share them by all that is said of them, so that the order of stacks does not matter. */
function inOrder(roles: readonly Located<Role>[]): Located<Role>[] {
  return sortedBy(roles, ({ at: _, ...role }) => `${role.name}\n${role.partition}\n${role.where.join()}\n${JSON.stringify(role)}`);
}
