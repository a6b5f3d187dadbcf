import { isKnown } from '../model';
import { resolve } from '../templates/intrinsics';
import { intrinsic, isObject, Json, JsonObject, listOf, Scope, texts } from '../templates/scope';

/** A value of a template, with what is taken to hold so that it is this one. */
interface Form { readonly scope: Scope; readonly value: Json; readonly marks: readonly string[] }

/** A statement with its functions carried out; without a value it cannot be read from the template. */
export interface Statement { readonly value?: JsonObject; readonly marks: readonly string[] }

/** More open conditions in one statement are shown as one that cannot be read. */
const MOST = 5;

/** The statements of a document in each of their forms, with `if X` and `unless X` for the conditions that only the deployment knows. */
export function statementsOf(scope: Scope, document: Json, marks: readonly string[]): Statement[] {
  const documents = leavesOf({ scope, value: document, marks });
  const found = documents.flatMap((form) => (isObject(form.value) ? leavesOf({ ...form, value: form.value.Statement }) : [form]));
  return found.flatMap((form): Statement[] => {
    const open = isObject(form.value) ? openConditions(form.scope, form.value) : undefined;
    if (!open || open.length > MOST) return [{ marks: form.marks }];
    const forms = open.reduce((all, condition) => all.flatMap((one) => [true, false].map((is) => assuming(one, condition, is))), [form]);
    return forms.map((one) => ({ value: resolve(one.scope, one.value) as JsonObject, marks: one.marks }));
  });
}

/** Takes lists and conditions apart. */
function leavesOf(form: Form): Form[] {
  const { scope, value, marks } = form;
  if (Array.isArray(value)) return value.flatMap((one: Json) => leavesOf({ ...form, value: one }));
  const [name, argument] = intrinsic(value);
  if (name === undefined) return [form];
  if (name !== 'Fn::If' || !Array.isArray(argument)) return listOf(resolve(scope, value)).map((one) => ({ ...form, value: one }));
  const condition = String(argument[0]);
  const is = scope.names.holds(scope, condition);
  return [true, false].filter((one) => is === undefined || is === one).flatMap((one) => {
    const assumed = assuming({ ...form, value: argument[one ? 1 : 2] }, condition, one);
    return leavesOf(is === undefined ? assumed : { ...assumed, marks });
  });
}

function assuming({ scope, value, marks }: Form, condition: string, is: boolean): Form {
  return { value, scope: { ...scope, assumed: new Map([...scope.assumed, [condition, is]]) }, marks: [...marks, `${is ? 'if' : 'unless'} ${condition}`] };
}

function openConditions(scope: Scope, value: Json): string[] {
  if (!scope.template.Conditions || typeof value !== 'object' || value === null) return [];
  const [name, argument] = intrinsic(value);
  const condition = name === 'Fn::If' && Array.isArray(argument) ? [String(argument[0])] : [];
  const within = Object.values(value).flatMap((one) => openConditions(scope, one));
  return [...new Set([...condition.filter((one) => scope.names.holds(scope, one) === undefined), ...within])].sort();
}

const ASSUMING = ['sts:assumerole', 'sts:assumerolewithsaml', 'sts:assumerolewithwebidentity'];

/** Whether a statement is about assuming a role; without an action it may be. */
export function assumes({ Action, NotAction }: JsonObject): boolean {
  const patterns = texts(NotAction === undefined ? Action : NotAction);
  const matched = ASSUMING.filter((action) => patterns.some((pattern) => isPattern(pattern, action)));
  return NotAction === undefined ? Action === undefined || matched.length > 0 : matched.length < ASSUMING.length;
}

/** As IAM matches actions. What only the deployment knows may be any. */
function isPattern(pattern: string, action: string): boolean {
  if (!isKnown(pattern)) return true;
  const expression = pattern.toLowerCase().replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*+/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${expression}$`).test(action);
}
