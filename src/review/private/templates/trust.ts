import { Alike } from './alike';
import { Asked, askedBy } from './asked';
import { variants } from './conditions';
import { resolve } from './intrinsics';
import { Principal, principalsOf, texts } from './principals';
import { intrinsic, isObject, Json, JsonObject, Scope } from './scope';
import { isKnown, UNREADABLE } from '../model';

/** A way into a role as its statement has it. */
export interface RawWay {
  readonly principal: Principal;
  readonly sid: string;
  readonly asked: Asked;
  /** `if X`, `unless Y`, and what a Deny takes away again. */
  readonly marks: readonly string[];
}

const NOT_READ: Principal = { type: 'unknown', account: '', text: UNREADABLE };
const OPEN: Asked = { further: [], isNarrowed: false };

/** The ways that a trust policy opens; policies that are alike share the list. */
export class TrustPolicies {
  private readonly alike = new Alike<readonly RawWay[]>();

  public waysOf(scope: Scope, document: Json, marks: readonly string[]): readonly RawWay[] {
    return this.alike.of(scope, document, marks.join(), () => waysOf(scope, document, marks));
  }
}

/** A statement that cannot be read is one of the ways. */
function waysOf(scope: Scope, document: Json, marks: readonly string[]): RawWay[] {
  const statements = leaves(scope, document).flatMap(({ scope: inner, value, marks: outer }) => {
    if (!isObject(value)) return [{ scope: inner, value, marks: outer }];
    return leaves(inner, value.Statement).map((leaf) => ({ ...leaf, marks: [...outer, ...leaf.marks] }));
  });
  const read = statements.flatMap((leaf) => readStatement(leaf.scope, leaf.value, [...marks, ...leaf.marks]));
  const denied = read.flatMap((one) => ('denies' in one ? [one.denies] : []));
  return read.flatMap((one) => ('denies' in one ? [] : [{ ...one, marks: [...one.marks, ...denied] }]));
}

interface Leaf { readonly scope: Scope; readonly value: Json; readonly marks: readonly string[] }

/** Takes lists and conditions apart, down to what is one statement. */
function leaves(scope: Scope, value: Json, marks: readonly string[] = []): Leaf[] {
  if (Array.isArray(value)) return value.flatMap((one) => leaves(scope, one, marks));
  const [name, argument] = intrinsic(value) ?? [];
  if (name === undefined) return [{ scope, value, marks }];
  if (name === 'Fn::If' && Array.isArray(argument)) {
    const condition = String(argument[0]);
    const is = scope.holds(scope, condition);
    return [true, false].filter((one) => is === undefined || is === one).flatMap((one) => leaves(
      { ...scope, assumed: new Map([...scope.assumed, [condition, one]]) }, argument[one ? 1 : 2],
      is === undefined ? [...marks, `${one ? 'if' : 'unless'} ${condition}`] : marks));
  }
  const resolved = resolve(scope, value);
  return resolved === undefined ? [] : [resolved].flat().map((one) => ({ scope, value: one as Json, marks }));
}

function readStatement(scope: Scope, value: Json, marks: readonly string[]): (RawWay | { readonly denies: string })[] {
  const forms = isObject(value) ? variants(scope, value) : undefined;
  if (!forms) return [{ principal: NOT_READ, sid: '', asked: OPEN, marks }];
  return forms.flatMap((form): (RawWay | { readonly denies: string })[] => {
    const statement = resolve(form.scope, value) as JsonObject;
    if (!assumes(statement)) return [];
    const principals = principalsOf(statement);
    const asked = askedBy(statement.Condition, scope.place.account);
    const all = [...marks, ...form.marks];
    if (statement.Effect === 'Deny') return [{ denies: denial(principals, statement, all) }];
    return principals.map((principal) => ({ principal, sid: String(statement.Sid ?? ''), asked, marks: all }));
  });
}

const ASSUMING = ['sts:assumerole', 'sts:assumerolewithsaml', 'sts:assumerolewithwebidentity'];

/** Whether a statement is about assuming the role; without an action it may be. */
export function assumes({ Action, NotAction }: JsonObject): boolean {
  const matches = (patterns: Json) => ASSUMING.filter((action) => texts(patterns).some((pattern) => isPattern(pattern, action)));
  if (NotAction !== undefined) return matches(NotAction).length < ASSUMING.length;
  return Action === undefined || matches(Action).length > 0;
}

/** As IAM matches actions. What only the deployment knows may be any. */
function isPattern(pattern: string, action: string): boolean {
  if (!isKnown(pattern)) return true;
  const lower = pattern.toLowerCase();
  if (!/[*?]/.test(lower)) return lower === action;
  const expression = lower.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${expression}$`).test(action);
}

function denial(principals: readonly Principal[], statement: JsonObject, marks: readonly string[]): string {
  const conditions = Object.entries(isObject(statement.Condition) ? statement.Condition : {})
    .flatMap(([operator, keys]) => Object.entries(isObject(keys) ? keys : {}).map(([key, value]) => `${operator} ${key} ${texts(value).join(' or ')}`));
  const where = [...conditions, ...marks].sort().join(' and ');
  return `denied to ${principals.map(({ text }) => text).sort().join(', ')}${where === '' ? '' : ` where ${where}`}`;
}
