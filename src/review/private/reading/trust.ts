import { Asked, askedBy, clausesOf } from './asked';
import { Principal, principalsOf } from './principals';
import { isKnown, UNREADABLE } from '../model';
import { Shared } from '../templates/files';
import { resolve } from '../templates/intrinsics';
import { intrinsic, isObject, Json, JsonObject, listOf, Scope, texts } from '../templates/scope';

/** A way into a role as its statement has it. */
export interface RawWay {
  readonly principal: Principal;
  readonly sid: string;
  readonly asked: Asked;
  /** `if X`, `unless Y`, and what a Deny takes away again. */
  readonly marks: readonly string[];
}

/** The ways that a trust policy opens; roles that share the policy share the list. */
export class TrustPolicies {
  private readonly shared = new Shared<readonly RawWay[]>();

  public waysOf(scope: Scope, document: Json, marks: readonly string[]): readonly RawWay[] {
    return this.shared.of(scope, document, marks.join(), () => waysOf({ scope, value: document, marks }));
  }
}

/** A value, with what is taken to hold so that it is this one. */
interface Form { readonly scope: Scope; readonly value: Json; readonly marks: readonly string[] }

function waysOf(document: Form): RawWay[] {
  const statements = formsOf(document).flatMap((form) => (isObject(form.value) ? formsOf({ ...form, value: form.value.Statement }) : [form]));
  const read = statements.flatMap(readStatement);
  const denied = read.filter((one) => typeof one === 'string');
  return read.filter((one) => typeof one !== 'string').map((one) => ({ ...one, marks: [...one.marks, ...denied] }));
}

/** Takes lists and conditions apart, down to what is one statement. */
function formsOf(form: Form): Form[] {
  const { scope, value, marks } = form;
  if (Array.isArray(value)) return value.flatMap((one: Json) => formsOf({ ...form, value: one }));
  const [name, argument] = intrinsic(value);
  if (name === undefined) return [form];
  if (name === 'Fn::If' && Array.isArray(argument)) {
    const is = scope.names.holds(scope, String(argument[0]));
    return [true, false].filter((one) => is === undefined || is === one).flatMap((one) => {
      const assumed = assuming({ scope, value: argument[one ? 1 : 2], marks }, String(argument[0]), one);
      return formsOf(is === undefined ? assumed : { ...assumed, marks });
    });
  }
  return listOf(resolve(scope, value)).map((one) => ({ scope, value: one, marks }));
}

function assuming({ scope, value, marks }: Form, condition: string, is: boolean): Form {
  return { value, scope: { ...scope, assumed: new Map([...scope.assumed, [condition, is]]) }, marks: [...marks, `${is ? 'if' : 'unless'} ${condition}`] };
}

/** More open conditions in one statement are shown as one that cannot be read. */
const MOST = 5;
const NOT_READ: Omit<RawWay, 'marks'> = { principal: { type: 'unknown', account: '', text: UNREADABLE }, sid: '', asked: { further: [], isNarrowed: false } };

/** The ways that a statement opens, or in words what it denies. One that cannot be read is a way. */
function readStatement(given: Form): (RawWay | string)[] {
  const open = isObject(given.value) ? openConditions(given.scope, given.value) : undefined;
  if (!open || open.length > MOST) return [{ ...NOT_READ, marks: given.marks }];
  const forms = open.reduce((all, condition) => all.flatMap((form) => [true, false].map((is) => assuming(form, condition, is))), [given]);
  return forms.flatMap(({ scope, value, marks }): (RawWay | string)[] => {
    const statement = resolve(scope, value) as JsonObject;
    if (!assumes(statement)) return [];
    const principals = principalsOf(statement);
    if (statement.Effect === 'Deny') return [denial(principals, statement.Condition, marks)];
    const asked = askedBy(statement.Condition, scope.place.account);
    return principals.map((principal) => ({ principal, sid: String(statement.Sid ?? ''), asked, marks }));
  });
}

/** The conditions within a value that only the deployment knows. */
function openConditions(scope: Scope, value: Json): string[] {
  if (!scope.template.Conditions) return [];
  const [name, argument] = intrinsic(value);
  const condition = name === 'Fn::If' && Array.isArray(argument) ? [String(argument[0])] : [];
  const within = typeof value === 'object' && value !== null ? Object.values(value).flatMap((one) => openConditions(scope, one)) : [];
  return [...new Set([...condition.filter((one) => scope.names.holds(scope, one) === undefined), ...within])].sort();
}

const ASSUMING = ['sts:assumerole', 'sts:assumerolewithsaml', 'sts:assumerolewithwebidentity'];

/** Whether a statement is about assuming a role; without an action it may be. */
export function assumes({ Action, NotAction }: JsonObject): boolean {
  const matched = ASSUMING.filter((action) => texts(NotAction === undefined ? Action : NotAction).some((pattern) => isPattern(pattern, action)));
  return NotAction === undefined ? Action === undefined || matched.length > 0 : matched.length < ASSUMING.length;
}

/** As IAM matches actions. What only the deployment knows may be any. */
function isPattern(pattern: string, action: string): boolean {
  if (!isKnown(pattern)) return true;
  const expression = pattern.toLowerCase().replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${expression}$`).test(action);
}

function denial(principals: readonly Principal[], condition: Json, marks: readonly string[]): string {
  const conditions = clausesOf(condition).map(({ operator, key, values }) => `${operator} ${key} ${values.join(' or ')}`);
  const where = [...conditions, ...marks].sort().join(' and ');
  return `denied to ${principals.map(({ text }) => text).sort().join(', ')}${where === '' ? '' : ` where ${where}`}`;
}
