import { isKnown, WHEN_DEPLOYED } from '../model';
import { intrinsic, isObject, Json, listOf, objectOf, Scope } from './scope';

/** As text; lists are joined by commas. */
export function textOf(scope: Scope, value: Json): string {
  if (typeof value === 'string') return value;
  const result = resolve(scope, value);
  if (Array.isArray(result)) return result.map(String).join(',');
  return isObject(result) ? JSON.stringify(result) : String(result ?? '');
}

/** With its functions carried out, as far as the templates say; what is left is text: `${Name}`. Undefined: CloudFormation drops it. */
export function resolve(scope: Scope, value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => resolve(scope, one)).filter((one) => one !== undefined);
  const [name, argument] = intrinsic(value);
  if (name === undefined || name === 'Condition') return resolveAll(scope, value);
  const list: readonly Json[] = Array.isArray(argument) ? argument : [];
  const text = (index: number) => textOf(scope, list[index]);
  switch (name) {
    case 'Ref': return unlessBusy(scope, String(argument), scope.names.reference);
    case 'Fn::GetAtt': return unlessBusy(scope, Array.isArray(argument) ? list.map((_, index) => text(index)).join('.') : String(argument), scope.names.attribute);
    case 'Fn::Join': return listOf(resolve(scope, list[1])).map((one) => textOf(scope, one)).join(text(0));
    case 'Fn::Sub': return substitute(scope, argument);
    case 'Fn::If': return list.length === 3 ? branch(scope, list) : WHEN_DEPLOYED;
    case 'Fn::FindInMap': return inMap(scope, list);
    case 'Fn::Split': return text(1).split(text(0));
    case 'Fn::Select': return listOf(resolve(scope, list[1]))[Number(text(0))] ?? WHEN_DEPLOYED;
    case 'Fn::ImportValue': return scope.names.output(scope, { OutputName: argument });
    case 'Fn::GetStackOutput': return scope.names.output(scope, objectOf(argument));
    default: return WHEN_DEPLOYED;
  }
}

function resolveAll(scope: Scope, value: object): Json {
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(scope, one)]).filter(([, one]) => one !== undefined));
}

/** A template that refers to itself in a circle leaves the reference as it stands. */
function unlessBusy(scope: Scope, name: string, work: (scope: Scope, name: string) => Json): Json {
  if (scope.busy.has(name)) return `\${${name}}`;
  scope.busy.add(name);
  try {
    return work(scope, name);
  } finally {
    scope.busy.delete(name);
  }
}

function substitute(scope: Scope, argument: Json): string {
  const [text, values] = Array.isArray(argument) ? argument as [Json, Json] : [argument, {}];
  return String(text).replace(/\$\{(!?)([^}]*)\}/g, (_all, isLiteral: string, name: string) => {
    if (isLiteral) return `\${${name}}`;
    if (isObject(values) && name in values) return textOf(scope, values[name]);
    return textOf(scope, name.includes('.') ? { 'Fn::GetAtt': name } : { Ref: name });
  });
}

/** Statements are taken apart before, so that here both branches of an open condition are texts. */
function branch(scope: Scope, [condition, yes, no]: readonly Json[]): Json {
  const is = scope.names.holds(scope, String(condition));
  if (is !== undefined) return resolve(scope, is ? yes : no);
  const both = [yes, no].map((one) => resolve(scope, one)).filter((one) => one !== undefined).map((one) => textOf(scope, one));
  return both.length === 0 ? undefined : [...new Set(both)].join(' or ');
}

/** Where a key is not known, the value that all have; else only the deployment knows it. */
function inMap(scope: Scope, [map, ...keys]: readonly Json[]): Json {
  let found: Json[] = [scope.template.Mappings?.[textOf(scope, map)]];
  for (const key of keys.slice(0, 2)) {
    const text = textOf(scope, key);
    found = found.filter(isObject).flatMap((one) => (text in one ? [one[text]] : isKnown(text) ? [] : Object.values(one)));
  }
  const values = [...new Set(found.map((one) => JSON.stringify(one)))];
  return values.length === 1 && values[0] !== undefined ? JSON.parse(values[0]) as Json : WHEN_DEPLOYED;
}
