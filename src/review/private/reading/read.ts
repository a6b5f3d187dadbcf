import { keysOf } from './keys';
import { Policies } from './policies';
import { entriesOf, Presented } from './service';
import { TrustPolicies } from './trust';
import { ROLE_TRUST_RESOURCE_TYPE } from '../../../wire/role-trust';
import { groupedBy, sortedBy, unique } from '../lists';
import { Model, Role } from '../model';
import { jsonIn } from '../templates/assembly';
import { resolve, textOf } from '../templates/intrinsics';
import { Located, Resource } from '../templates/scope';
import { Templates } from '../templates/templates';

const MADE = 'AWS::IAM::Role';

/** Reads all that an assembly deploys. */
export function readAssembly(folder: string): Model {
  const templates = new Templates(folder);
  const policies = new Policies(templates);
  const keys = sortedBy(keysOf(templates, policies), (key) => `${key.account} ${key.user} ${key.rotates}`);
  const entries = sortedBy(entriesOf(templates), (entry) => JSON.stringify(entry));
  // The accounts whose user the service signs as.
  const trust = new TrustPolicies(new Set([...entries, ...keys.filter(({ flaw }) => !flaw)].map(({ account }) => account)));
  const presented = new Presented(templates);
  const resources = [...templates.resources(MADE), ...templates.resources(ROLE_TRUST_RESOURCE_TYPE)];
  const roles = resources.flatMap((resource) => rolesOf(resource, trust, policies, presented));
  return {
    roles: inOrder(roles),
    keys,
    entries,
    grants: Object.fromEntries(sortedBy(Object.entries(policies.grants), ([id]) => id)),
    read: { templates: templates.scopes.length, roles: resources.length, unread: unique(templates.unread) },
  };
}

/** A role, unless nobody from elsewhere may assume it. */
function rolesOf(resource: Resource, trust: TrustPolicies, policies: Policies, presented: Presented): Located<Role>[] {
  const { scope, scope: { place: { partition, account }, where }, logicalId, properties } = resource;
  const isMade = resource.type === MADE;
  const { ways, isInner } = trust.of(resource, isMade ? documentOf(properties.AssumeRolePolicyDocument) : { Statement: properties.Statements });
  if (isMade && isInner) return [];
  const name = isMade ? textOf(scope, { Ref: logicalId }) : lastOf(textOf(scope, properties.RoleArn));
  const boundary = isMade ? resolve(scope, properties.PermissionsBoundary) : undefined;
  const shutOut = presented.shutOut(partition, where, name, ways);
  return [{
    name,
    where,
    partition,
    origin: isMade ? 'made' : 'edited',
    ways,
    ...policies.rightsOf(isMade ? policies.of(resource, 'Roles', name) : { policies: [], names: [] }, account),
    ...boundary !== undefined && { boundary: lastOf(String(boundary)) },
    ...shutOut.length > 0 && { shutOut },
    at: resource,
  }];
}

/** By name, partition and place; those that share them by all that is said of them, so that the order of stacks does not matter. */
function inOrder(roles: readonly Located<Role>[]): Located<Role>[] {
  const places = groupedBy(roles, ({ name, partition, where }) => `${name}\n${partition}\n${where.join()}`);
  const wholeOf = ({ at: _, ...role }: Located<Role>) => JSON.stringify(role);
  return sortedBy([...places], ([place]) => place).flatMap(([, alike]) => (alike.length === 1 ? alike : sortedBy(alike, wholeOf)));
}

/** CloudFormation takes a document as text too. */
const documentOf = (document: unknown) => (typeof document === 'string' ? jsonIn(document) ?? document : document);

/** Of an ARN what stands behind the path. */
const lastOf = (arn: string) => arn.replace(/^.*:(role|policy)\/(.*\/)?/s, '');
