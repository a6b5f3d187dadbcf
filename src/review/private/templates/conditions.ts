import { isKnown } from '../model';
import { resolve, textOf } from './intrinsics';
import { intrinsic, isObject, Json, Scope } from './scope';

/** Whether a condition holds; undefined: only the deployment knows. */
export function holds(scope: Scope, name: string): boolean | undefined {
  return scope.assumed.get(name) ?? judge(scope, scope.template.Conditions?.[name], [name]);
}

function judge(scope: Scope, condition: Json, seen: readonly string[]): boolean | undefined {
  const [name, argument] = intrinsic(condition) ?? [];
  const list = Array.isArray(argument) ? argument : [];
  const judged = (one: Json) => judge(scope, one, seen);
  switch (name) {
    case 'Condition': return typeof argument !== 'string' || seen.includes(argument) ? undefined
      : scope.assumed.get(argument) ?? judge(scope, scope.template.Conditions?.[argument], [...seen, argument]);
    case 'Fn::Not': return not(judged(list[0]));
    case 'Fn::And': return every(list.map(judged));
    case 'Fn::Or': return not(every(list.map((one) => not(judged(one)))));
    case 'Fn::Equals': return equal(textOf(scope, list[0]), textOf(scope, list[1]));
    case 'Fn::Contains': return contains(resolve(scope, list[0]), textOf(scope, list[1]));
    default: return undefined;
  }
}

const not = (value: boolean | undefined) => (value === undefined ? undefined : !value);

function every(values: readonly (boolean | undefined)[]): boolean | undefined {
  if (values.includes(false)) return false;
  return values.includes(undefined) ? undefined : true;
}

function equal(one: string, other: string): boolean | undefined {
  if (one === other) return true;
  return isKnown(one) && isKnown(other) ? false : undefined;
}

function contains(list: Json, text: string): boolean | undefined {
  return Array.isArray(list) ? not(every(list.map((one) => not(equal(String(one), text))))) : undefined;
}

/** The conditions within a value that only the deployment knows. */
export function openConditions(scope: Scope, value: Json, found = new Set<string>()): string[] {
  if (!scope.template.Conditions) return [];
  if (Array.isArray(value)) {value.forEach((one) => openConditions(scope, one, found));} else if (isObject(value)) {
    const [name, argument] = intrinsic(value) ?? [];
    if (name === 'Fn::If' && Array.isArray(argument) && holds(scope, String(argument[0])) === undefined) found.add(String(argument[0]));
    Object.values(value).forEach((one) => openConditions(scope, one, found));
  }
  return [...found].sort();
}

/** More of them in one statement are shown as one that cannot be read. */
const MOST = 5;

/** A value in each of its forms, with the conditions of each as `if X` and `unless X`. Undefined: there are too many. */
export function variants(scope: Scope, value: Json): ReadonlyArray<{ readonly scope: Scope; readonly marks: readonly string[] }> | undefined {
  const names = openConditions(scope, value);
  if (names.length > MOST) return undefined;
  return names.reduce<{ scope: Scope; marks: string[] }[]>((forms, name) => forms.flatMap((form) => [true, false].map((is) => ({
    scope: { ...form.scope, assumed: new Map([...form.scope.assumed, [name, is]]) },
    marks: [...form.marks, `${is ? 'if' : 'unless'} ${name}`],
  }))), [{ scope, marks: [] }]);
}
