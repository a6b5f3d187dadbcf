import { Alike } from './alike';
import { resolve, textOf } from './intrinsics';
import { texts } from './principals';
import { intrinsic, isObject, Json, JsonObject, Resource, Scope, spoken } from './scope';
import { Templates } from './templates';
import { ACCOUNT, compare, unique } from '../model';

/** A policy document of the app, with its functions carried out. */
export interface PolicyText {
  readonly name: string;
  readonly statements: readonly JsonObject[];
}

/** Policies that the app holds, and the names of others. */
export interface HeldPolicies {
  readonly texts: PolicyText[];
  readonly names: string[];
}

type Holder = 'Roles' | 'Users' | 'Groups';

const TYPES = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy', 'AWS::IAM::UserPolicy', 'AWS::IAM::GroupPolicy'];

/** Finds the policies that a role, a user or a group has, from whichever side they are attached. */
export class Policies {
  private readonly attached = new Map<string, PolicyText[]>();
  private readonly managed = new Map<Scope, Map<string, PolicyText>>();
  private byArn?: Map<string, PolicyText>;
  private readonly alike = new Alike<PolicyText>();

  public constructor(templates: Templates) {
    for (const type of TYPES) for (const { scope, resource } of templates.resources(type)) this.add(scope, resource);
  }

  /** All policies of a resource: its own, attached ones and managed ones. What the app does not hold is a name. */
  public of(scope: Scope, { logicalId, properties }: Resource, holder: Holder, name: string): HeldPolicies {
    const own = asList(resolve(scope, properties.Policies)).filter(isObject).map((one) => textFrom(one.PolicyDocument, String(one.PolicyName)));
    const arns = asList(properties.ManagedPolicyArns).map((one) => this.managedBy(scope, one));
    const attached = [`${scope.file}#${logicalId}`, `${holder} ${scope.place.account} ${name}`].flatMap((id) => this.attached.get(id) ?? []);
    const found = new Set([...own, ...arns.filter((one): one is PolicyText => typeof one !== 'string'), ...attached]);
    return { texts: [...found], names: unique(arns.filter((one): one is string => typeof one === 'string').map((arn) => arn.replace(/^.*:policy\/(.*\/)?/, ''))) };
  }

  /** Of the policy's own template first: two templates may have policies without a name that are called alike. */
  private managedBy(scope: Scope, arn: Json): PolicyText | string {
    const [name, argument] = intrinsic(arn) ?? [];
    const own = name === 'Ref' ? this.managed.get(scope)?.get(String(argument)) : undefined;
    if (own) return own;
    const text = textOf(scope, arn);
    if (/:iam::aws:policy\//.test(text)) return text;
    this.byArn ??= new Map([...this.managed].flatMap(([one, list]) => (
      [...list].map(([logicalId, policy]) => [textOf(one, { Ref: logicalId }), policy] as const))));
    return this.byArn.get(text) ?? text;
  }

  private add(scope: Scope, { logicalId, type, properties }: Resource): void {
    const given = properties.ManagedPolicyName ?? properties.PolicyName;
    const name = given === undefined ? spoken(logicalId) : textOf(scope, given);
    const text = this.alike.of(scope, properties.PolicyDocument, name, () => textFrom(resolve(scope, properties.PolicyDocument), name));
    if (type === 'AWS::IAM::ManagedPolicy') {
      const own = this.managed.get(scope) ?? new Map<string, PolicyText>();
      this.managed.set(scope, own.set(logicalId, text));
    }
    for (const holder of ['Roles', 'Users', 'Groups'] as const) {
      const single = properties[`${holder.slice(0, -1)}Name`];
      for (const one of [...asList(properties[holder]), ...single === undefined ? [] : [single]]) {
        const [kind, argument] = intrinsic(one) ?? [];
        const isOwn = kind === 'Ref' && scope.template.Resources?.[String(argument)] !== undefined;
        const id = isOwn ? `${scope.file}#${String(argument)}` : `${holder} ${scope.place.account} ${textOf(scope, one)}`;
        this.attached.set(id, [...this.attached.get(id) ?? [], text]);
      }
    }
  }
}

export const asList = (value: Json): Json[] => (Array.isArray(value) ? value as Json[] : value === undefined ? [] : [value]);

function textFrom(document: Json, name: string): PolicyText {
  const statements = isObject(document) ? asList(document.Statement).filter(isObject) : [];
  return { name, statements };
}

/** What a policy lets do: its Sids, or its name, and how many actions these are. */
export function summaryOf(text: PolicyText): string {
  const known = summaries.get(text) ?? summarized(text);
  summaries.set(text, known);
  return known;
}

const summaries = new WeakMap<PolicyText, string>();

function summarized({ name, statements }: PolicyText): string {
  const allowed = statements.filter(({ Effect }) => Effect !== 'Deny');
  const sids = allowed.map(({ Sid }) => Sid).filter((sid): sid is string => typeof sid === 'string' && sid !== '');
  const called = sids.length === allowed.length && sids.length > 0 ? sids.join(' + ') : name;
  if (allowed.some(({ Action, NotAction }) => NotAction !== undefined || texts(Action).some((action) => action === '*'))) return `${called} (every action, or all but some)`;
  const actions = new Set(allowed.flatMap(({ Action }) => texts(Action)));
  return `${called} (${actions.size} ${actions.size === 1 ? 'action' : 'actions'})`;
}

/** One action and resource a line, as the comparison of two maps wants it. */
export function linesOf({ statements }: PolicyText, account: string): string[] {
  return statements.flatMap(({ Effect, Action, NotAction, Resource: resource, NotResource, Condition }) => {
    const actions = NotAction === undefined ? texts(Action) : [`all but ${texts(NotAction).join(', ')}`];
    const resources = NotResource === undefined ? texts(resource) : [`all but ${texts(NotResource).join(', ')}`];
    const tail = Condition === undefined ? '' : ` if ${JSON.stringify(Condition)}`;
    const line = (action: string, on: string) => `${Effect === 'Deny' ? 'not ' : ''}${action} ${on}${tail}`.replaceAll(account, ACCOUNT);
    return actions.flatMap((action) => resources.map((on) => line(action, on)));
  }).sort(compare);
}
