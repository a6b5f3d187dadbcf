import { createHash } from 'crypto';
import { compare, Entry, Key, Model, Role, sortedBy } from './model';
import { isInner, settled } from './templates/callers';
import { entriesOf } from './templates/entries';
import { resolve, textOf } from './templates/intrinsics';
import { keysOf } from './templates/keys';
import { linesOf, Policies, PolicyText, summaryOf } from './templates/policies';
import { Located, Resource, Scope } from './templates/scope';
import { resourcesOf, Templates } from './templates/templates';
import { RawWay, waysOf } from './templates/trust';
import { ROLE_TRUST_RESOURCE_TYPE } from '../../wire/role-trust';

interface RawRole {
  readonly scope: Scope;
  readonly resource: Resource;
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
  const raw = templates.scopes.flatMap(rolesOf);
  const bases = basesOf(keys, entries);
  const grants = new Grants();
  const shown = raw.filter(({ scope, ways, origin }) => origin === 'edited' || !isInner(ways, scope.place.account, bases));
  const roles = sortedBy(shown.map((one) => roleOf(one, policies, bases, grants)), textOfRole);
  return {
    roles,
    keys,
    entries,
    grants: Object.fromEntries(sortedBy(Object.entries(grants.lines), ([id]) => id)),
    read: { templates: templates.scopes.length, roles: raw.length, unread: [...new Set(templates.unread)].sort(compare) },
  };
}

/** Accounts whose user the service signs as. */
function basesOf(keys: readonly Key[], entries: readonly Entry[]): Set<string> {
  return new Set([...entries, ...keys.filter(({ flaw }) => !flaw)].map(({ account }) => account));
}

function rolesOf(scope: Scope): RawRole[] {
  const made = resourcesOf(scope, 'AWS::IAM::Role').map((resource): RawRole => ({
    scope,
    resource,
    name: textOf(scope, { Ref: resource.logicalId }),
    origin: 'made',
    ways: waysOf(scope, parsed(resource.properties.AssumeRolePolicyDocument), resource.marks),
  }));
  const edited = resourcesOf(scope, ROLE_TRUST_RESOURCE_TYPE).map((resource): RawRole => ({
    scope,
    resource,
    name: textOf(scope, resource.properties.RoleArn).replace(/^.*:role\/(.*\/)?/s, ''),
    origin: 'edited',
    ways: waysOf(scope, { Statement: resource.properties.Statements }, resource.marks),
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

/** What roles may do, each list once. */
class Grants {
  public readonly lines: Record<string, readonly string[]> = {};
  private readonly known = new Map<string, string>();
  private readonly texts = new Map<PolicyText, number>();

  public idOf(names: readonly string[], texts: readonly PolicyText[], account: string): string {
    for (const text of texts) if (!this.texts.has(text)) this.texts.set(text, this.texts.size);
    const key = `${names.join()} ${texts.map((text) => this.texts.get(text)).join()}`;
    const known = this.known.get(key) ?? this.idAnew(names, texts, account);
    this.known.set(key, known);
    return known;
  }

  private idAnew(names: readonly string[], texts: readonly PolicyText[], account: string): string {
    const lines = [...names, ...texts.flatMap((text) => linesOf(text, account))].sort(compare);
    if (lines.length === 0) return '';
    const id = createHash('sha256').update(JSON.stringify(lines)).digest('hex').slice(0, 12);
    this.lines[id] = lines;
    return id;
  }
}

function roleOf(raw: RawRole, policies: Policies, bases: ReadonlySet<string>, grants: Grants): Located<Role> {
  const { scope, resource, name, origin, ways } = raw;
  const { place, where } = scope;
  const { texts, names } = origin === 'made' ? policies.of(scope, resource, 'Roles', name) : { texts: [], names: [] };
  const id = grants.idOf(names, texts, place.account);
  const boundary = resolve(scope, resource.properties.PermissionsBoundary);
  return {
    name,
    where,
    partition: place.partition,
    origin,
    ways: settled(ways, place.account, bases),
    may: [...names, ...texts.map(summaryOf).sort(compare)],
    grants: id,
    ...boundary !== undefined && origin === 'made' && { boundary: String(boundary).replace(/^.*:policy\/(.*\/)?/s, '') },
    at: { scope, logicalId: resource.logicalId },
  };
}

/** Everything but where it stands in the code. */
export function textOfRole({ at: _, ...role }: Located<Role>): string {
  return JSON.stringify([role.name, role.partition, role.where, role]);
}

