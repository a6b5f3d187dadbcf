import { createHash } from 'crypto';
import { once, unique } from '../lists';
import { ACCOUNT, Role } from '../model';
import { Shared } from '../templates/files';
import { resolve, textOf } from '../templates/intrinsics';
import { intrinsic, isObject, Json, JsonObject, listOf, objectOf, Resource, Scope, spoken, texts } from '../templates/scope';
import { Templates } from '../templates/templates';

/** A policy document of the app, with its functions carried out. */
export interface Policy {
  readonly id: number;
  readonly name: string;
  readonly statements: readonly JsonObject[];
}

/** The policies that the app holds, and the names of others. */
export interface Held {
  readonly policies: readonly Policy[];
  readonly names: readonly string[];
}

type Holders = 'Roles' | 'Users' | 'Groups';

const MANAGED = 'AWS::IAM::ManagedPolicy';
const TYPES = ['AWS::IAM::Policy', MANAGED, 'AWS::IAM::RolePolicy', 'AWS::IAM::UserPolicy', 'AWS::IAM::GroupPolicy'];

const keyOf = ({ scope, logicalId }: Pick<Resource, 'scope' | 'logicalId'>) => `${scope.number}#${logicalId}`;

/** Finds the policies that a role, a user or a group has, from whichever side they are attached. */
export class Policies {
  /** What roles may do, each list once. */
  public readonly grants: Record<string, readonly string[]> = {};
  private readonly rights = new Map<string, Pick<Role, 'may' | 'grants'>>();
  private readonly shared = new Shared<Policy>();
  private readonly attached = new Map<string, Policy[]>();
  private readonly managed = new Map<string, Policy>();
  private byArn?: Map<string, Policy>;
  private count = 0;

  public constructor(private readonly templates: Templates) {
    for (const type of TYPES) for (const resource of templates.resources(type)) this.add(resource);
  }

  /** All policies of a resource: its own, managed ones and attached ones. */
  public of({ scope, logicalId, properties }: Resource, holders: Holders, name: string): Held {
    const own = listOf(resolve(scope, properties.Policies)).filter(isObject).map((one) => this.policy(one.PolicyDocument, String(one.PolicyName)));
    const managed = listOf(properties.ManagedPolicyArns).map((one) => this.managedBy(scope, one));
    const attached = [`${scope.file}#${logicalId}`, `${holders} ${scope.place.account} ${name}`].flatMap((id) => this.attached.get(id) ?? []);
    return {
      policies: [...new Set([...own, ...managed.filter((one) => typeof one !== 'string'), ...attached])],
      names: unique(managed.filter((one) => typeof one === 'string').map((arn) => arn.replace(/^.*:policy\/(.*\/)?/, ''))),
    };
  }

  /** What these let do: in words, and the ID of the list that these stand for. */
  public rightsOf({ policies, names }: Held, account: string): Pick<Role, 'may' | 'grants'> {
    return once(this.rights, `${names.join()} ${policies.map(({ id }) => id).join()}`, () => {
      const may = [...names, ...policies.map(summaryOf).sort()];
      const lines = [...names, ...policies.flatMap((policy) => linesOf(policy, account))].sort();
      if (lines.length === 0) return { may, grants: '' };
      const grants = createHash('sha256').update(JSON.stringify(lines)).digest('hex').slice(0, 12);
      this.grants[grants] = lines;
      return { may, grants };
    });
  }

  private policy(document: Json, name: string): Policy {
    return { id: this.count += 1, name, statements: listOf(objectOf(document).Statement).filter(isObject) };
  }

  /** Of the policy's own template first: two templates may have policies without a name that are called alike. Else the ARN. */
  private managedBy(scope: Scope, arn: Json): Policy | string {
    const [name, argument] = intrinsic(arn);
    const own = name === 'Ref' ? this.managed.get(keyOf({ scope, logicalId: String(argument) })) : undefined;
    if (own) return own;
    const text = textOf(scope, arn);
    const arnOf = ({ scope: of, logicalId }: Resource) => textOf(of, { Ref: logicalId });
    this.byArn ??= new Map(this.templates.resources(MANAGED).map((one) => [arnOf(one), this.managed.get(keyOf(one))!]));
    return this.byArn.get(text) ?? text;
  }

  private add({ scope, logicalId, type, properties }: Resource): void {
    const given = properties.ManagedPolicyName ?? properties.PolicyName;
    const name = given === undefined ? spoken(logicalId) : textOf(scope, given);
    const policy = this.shared.of(scope, properties.PolicyDocument, name, () => this.policy(resolve(scope, properties.PolicyDocument), name));
    if (type === MANAGED) this.managed.set(keyOf({ scope, logicalId }), policy);
    for (const holders of ['Roles', 'Users', 'Groups'] as const) {
      for (const one of [...listOf(properties[holders]), ...listOf(properties[`${holders.slice(0, -1)}Name`])]) {
        const [kind, argument] = intrinsic(one);
        const isOwn = kind === 'Ref' && scope.template.Resources?.[String(argument)] !== undefined;
        once(this.attached, isOwn ? `${scope.file}#${String(argument)}` : `${holders} ${scope.place.account} ${textOf(scope, one)}`, () => []).push(policy);
      }
    }
  }
}

/** A policy in short: the Sids of its statements, or its name, and how many actions it allows. */
function summaryOf({ name, statements }: Policy): string {
  const allowed = statements.filter(({ Effect }) => Effect !== 'Deny');
  const sids = allowed.map(({ Sid }) => Sid);
  const called = sids.length > 0 && sids.every((sid) => typeof sid === 'string' && sid !== '') ? sids.join(' + ') : name;
  if (allowed.some(({ Action, NotAction }) => NotAction !== undefined || texts(Action).includes('*'))) return `${called} (every action, or all but some)`;
  const actions = new Set(allowed.flatMap(({ Action }) => texts(Action)));
  return `${called} (${actions.size} ${actions.size === 1 ? 'action' : 'actions'})`;
}

/** One action and resource a line, as the comparison of two maps wants it. */
function linesOf({ statements }: Policy, account: string): string[] {
  const listed = (those: Json, others: Json) => (others === undefined ? texts(those) : [`all but ${texts(others).join(', ')}`]);
  return statements.flatMap(({ Effect, Action, NotAction, Resource: on, NotResource, Condition }) => {
    const tail = Condition === undefined ? '' : ` if ${JSON.stringify(Condition)}`;
    return listed(Action, NotAction).flatMap((action) => listed(on, NotResource)
      .map((one) => `${Effect === 'Deny' ? 'not ' : ''}${action} ${one}${tail}`.replaceAll(account, ACCOUNT)));
  });
}
