import { isKnown, LOOKED_UP, WHEN_DEPLOYED } from '../model';
import { intrinsic, isObject, Json, JsonObject, Scope, spoken } from './scope';

/** What CloudFormation drops. */
const NOTHING = Symbol('AWS::NoValue');

/** A value with its functions carried out, as far as the templates say. What is left is text: `${Name}`. */
export function resolve(scope: Scope, value: Json): Json {
  const result = evaluate(scope, value);
  return result === NOTHING ? undefined : result;
}

/** The same as text; lists are joined by commas. */
export function textOf(scope: Scope, value: Json): string {
  if (typeof value === 'string') return value;
  const result = resolve(scope, value);
  if (Array.isArray(result)) return result.map(String).join(',');
  return isObject(result) ? JSON.stringify(result) : String(result ?? '');
}

function evaluate(scope: Scope, value: Json): Json | typeof NOTHING {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => evaluate(scope, one)).filter((one) => one !== NOTHING);
  const [name, argument] = intrinsic(value) ?? [];
  if (name === undefined || name === 'Condition') return evaluateAll(scope, value as JsonObject);
  const list = Array.isArray(argument) ? argument as readonly Json[] : [];
  switch (name) {
    case 'Ref': return String(argument).startsWith('AWS::') ? reference(scope, String(argument)) : once(scope, String(argument), () => reference(scope, String(argument)));
    case 'Fn::GetAtt': {
      const [logicalId = '', ...rest] = Array.isArray(argument) ? argument.map((one) => textOf(scope, one)) : String(argument).split('.');
      return once(scope, `${logicalId}.${rest.join('.')}`, () => attribute(scope, logicalId, rest.join('.')));
    }
    case 'Fn::Join': return listOf(scope, list[1]).map((one) => textOf(scope, one)).join(textOf(scope, list[0]));
    case 'Fn::Sub': return substitute(scope, argument);
    case 'Fn::If': return branch(scope, list);
    case 'Fn::FindInMap': return inMap(scope, list);
    case 'Fn::Split': return textOf(scope, list[1]).split(textOf(scope, list[0]));
    case 'Fn::Select': return listOf(scope, list[1])[Number(textOf(scope, list[0]))] ?? WHEN_DEPLOYED;
    case 'Fn::ImportValue': return imported(scope, argument);
    case 'Fn::GetStackOutput': return stackOutput(scope, argument);
    default: return WHEN_DEPLOYED;
  }
}

/** A template that refers to itself in a circle leaves the reference as it stands. */
function once<T>(scope: Scope, name: string, work: () => T): T | string {
  if (scope.busy.has(name)) return `\${${name}}`;
  scope.busy.add(name);
  try {
    return work();
  } finally {
    scope.busy.delete(name);
  }
}

/** A key may be called anything, also `__proto__`. */
function evaluateAll(scope: Scope, value: JsonObject): Json {
  const result = Object.create(null) as Record<string, Json>;
  for (const key in value) {
    const one = evaluate(scope, value[key]);
    if (one !== NOTHING) result[key] = one;
  }
  return result;
}

function listOf(scope: Scope, value: Json): readonly Json[] {
  const result = resolve(scope, value);
  return Array.isArray(result) ? result : [result];
}

function reference(scope: Scope, name: string): Json | typeof NOTHING {
  const { place, template } = scope;
  switch (name) {
    case 'AWS::NoValue': return NOTHING;
    case 'AWS::AccountId': return place.account;
    case 'AWS::Partition': return place.partition;
    case 'AWS::Region': return place.region;
    case 'AWS::StackName': return place.stackName;
    case 'AWS::URLSuffix': return place.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
    default:
  }
  const parameter = template.Parameters?.[name];
  if (parameter) {
    const given = scope.parameter(name) ?? `\${${name}}`;
    // A list is given as one text.
    return typeof given === 'string' && /^(CommaDelimitedList|List<)/.test(parameter.Type ?? '') && isKnown(given) ? given.split(',').map((one) => one.trim()) : given;
  }
  const resource = template.Resources?.[name];
  if (!resource) return `\${${name}}`;
  const named = NAMES[String(resource.Type)];
  if (named === undefined) return `\${${spoken(name)}}`;
  return resource.Type === 'AWS::IAM::ManagedPolicy' ? arnOf(scope, name, resource) : nameOf(scope, name, resource);
}

/** Properties that hold the name of an IAM resource, and how its ARN calls it. */
const NAMES: Readonly<Record<string, readonly [property: string, kind: string]>> = {
  'AWS::IAM::Role': ['RoleName', 'role'],
  'AWS::IAM::User': ['UserName', 'user'],
  'AWS::IAM::Group': ['GroupName', 'group'],
  'AWS::IAM::ManagedPolicy': ['ManagedPolicyName', 'policy'],
};

const propertiesOf = (resource: JsonObject) => (isObject(resource.Properties) ? resource.Properties : {});

/** The name of an IAM resource; what has none is called by its logical ID without the hash. */
export function nameOf(scope: Scope, logicalId: string, resource: JsonObject): string {
  const [property] = NAMES[String(resource.Type)]!;
  const given = resolve(scope, propertiesOf(resource)[property]);
  return given === undefined ? `\${${spoken(logicalId)}}` : textOf(scope, given);
}

function arnOf(scope: Scope, logicalId: string, resource: JsonObject): string {
  const { partition, account } = scope.place;
  const path = resolve(scope, propertiesOf(resource).Path) ?? '/';
  return `arn:${partition}:iam::${account}:${NAMES[String(resource.Type)]![1]}${String(path)}${nameOf(scope, logicalId, resource)}`;
}

function attribute(scope: Scope, logicalId: string, name: string): Json {
  const resource = scope.template.Resources?.[logicalId];
  if (resource && NAMES[String(resource.Type)] && name === 'Arn') return arnOf(scope, logicalId, resource);
  if (resource?.Type === 'Custom::QualysAccountLookup') return LOOKED_UP;
  const nested = scope.nested.get(logicalId);
  const output = nested?.template.Outputs?.[name.replace(/^Outputs\./, '')];
  return nested && output ? resolve(nested, output.Value) : `\${${spoken(logicalId)}.${name}}`;
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
function branch(scope: Scope, [condition, yes, no]: readonly Json[]): Json | typeof NOTHING {
  const is = scope.holds(scope, String(condition));
  if (is !== undefined) return evaluate(scope, is ? yes : no);
  const both = [...new Set([yes, no].map((one) => evaluate(scope, one)).filter((one) => one !== NOTHING).map((one) => textOf(scope, one)))];
  return both.length === 0 ? NOTHING : both.join(' or ');
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

function imported(scope: Scope, argument: Json): Json {
  const name = textOf(scope, argument);
  const found = scope.all.exported(scope.place, name);
  return found ? resolve(...found) : `\${${name.replace(/^.*:(ExportsOutput)?/, '')}}`;
}

function stackOutput(scope: Scope, argument: Json): Json {
  const { StackName, OutputName, Region } = isObject(argument) ? argument : {} as JsonObject;
  const region = Region === undefined ? scope.place.region : textOf(scope, Region);
  const found = scope.all.output({ ...scope.place, region }, textOf(scope, StackName), textOf(scope, OutputName));
  return found ? resolve(...found) : `\${${textOf(scope, OutputName)}}`;
}
