import { resolve, textOf } from './intrinsics';
import { intrinsic, isObject, Json, JsonObject, Names, objectOf, Scope, spoken } from './scope';
import { isKnown, LOOKED_UP, WHEN_DEPLOYED } from '../model';

/** Of these templates; they may become more until the first output is asked for. */
export function namesIn(scopes: readonly Scope[]): Names {
  let outputs: Map<string, readonly [Scope, Json]> | undefined;
  const output = (near: Scope, { StackName, OutputName, Region }: JsonObject): Json => {
    outputs ??= new Map(scopes.flatMap(outputsOf));
    const names = [Region ?? near.place.region, ...StackName === undefined ? [] : [StackName], OutputName].map((one) => textOf(near, one));
    const found = outputs.get(JSON.stringify([near.place.account, ...names]));
    return found ? resolve(...found) : `\${${names.at(-1)!.replace(/^.*:(ExportsOutput)?/, '')}}`;
  };
  return { reference, attribute, output, holds };
}

/** By account, region and name: that of the export, or those of the stack and the output. */
function outputsOf(scope: Scope): [string, readonly [Scope, Json]][] {
  const { account, region, stackName } = scope.place;
  return Object.entries(scope.template.Outputs ?? {}).flatMap(([id, { Export, Value = WHEN_DEPLOYED }]) => {
    const names = [[stackName, id], ...isObject(Export) ? [[textOf(scope, Export.Name)]] : []];
    return names.map((name): [string, readonly [Scope, Json]] => [JSON.stringify([account, region, ...name]), [scope, Value]]);
  });
}

function reference(scope: Scope, name: string): Json {
  const { place: { account, partition, region, stackName }, template } = scope;
  switch (name) {
    case 'AWS::NoValue': return undefined;
    case 'AWS::AccountId': return account;
    case 'AWS::Partition': return partition;
    case 'AWS::Region': return region;
    case 'AWS::StackName': return stackName;
    case 'AWS::URLSuffix': return partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
    default:
  }
  const parameter = template.Parameters?.[name];
  if (parameter) {
    const given = scope.parameter(name) ?? `\${${name}}`;
    // A list is given as one text.
    return typeof given === 'string' && /^(CommaDelimitedList|List<)/.test(parameter.Type ?? '') && isKnown(given) ? given.split(',').map((item) => item.trim()) : given;
  }
  const resource = template.Resources?.[name];
  if (!resource) return `\${${name}}`;
  return resource.Type === 'AWS::IAM::ManagedPolicy' ? arnOf(scope, name, resource) : nameOf(scope, name, resource);
}

/** Of IAM the property that holds the name, and how the ARN calls such a resource. */
const IAM: Readonly<Record<string, readonly [property: string, kind: string]>> = {
  'AWS::IAM::Role': ['RoleName', 'role'],
  'AWS::IAM::User': ['UserName', 'user'],
  'AWS::IAM::Group': ['GroupName', 'group'],
  'AWS::IAM::ManagedPolicy': ['ManagedPolicyName', 'policy'],
};

function nameOf(scope: Scope, logicalId: string, { Type, Properties }: JsonObject): string {
  const property = IAM[String(Type)]?.[0];
  const given = property === undefined ? undefined : resolve(scope, objectOf(Properties)[property]);
  return given === undefined ? `\${${spoken(logicalId)}}` : textOf(scope, given);
}

function arnOf(scope: Scope, logicalId: string, resource: JsonObject): string {
  const { partition, account } = scope.place;
  const path = String(resolve(scope, objectOf(resource.Properties).Path) ?? '/');
  return `arn:${partition}:iam::${account}:${IAM[String(resource.Type)]![1]}${path}${nameOf(scope, logicalId, resource)}`;
}

/** Of `LogicalId.Attribute`. */
function attribute(scope: Scope, name: string): Json {
  const [, logicalId = '', of = ''] = /^([^.]*)\.?(.*)$/s.exec(name)!;
  const resource = scope.template.Resources?.[logicalId];
  if (resource && IAM[String(resource.Type)] && of === 'Arn') return arnOf(scope, logicalId, resource);
  if (resource?.Type === 'Custom::QualysAccountLookup') return LOOKED_UP;
  const nested = scope.nested.get(logicalId);
  const output = nested?.template.Outputs?.[of.replace(/^Outputs\./, '')];
  return nested && output ? resolve(nested, output.Value ?? WHEN_DEPLOYED) : `\${${spoken(logicalId)}.${of}}`;
}

export function holds(scope: Scope, name: string, within: readonly string[] = []): boolean | undefined {
  if (within.includes(name)) return undefined;
  return scope.assumed.get(name) ?? judge(scope, scope.template.Conditions?.[name], [...within, name]);
}

function judge(scope: Scope, condition: Json, within: readonly string[]): boolean | undefined {
  const [name, argument] = intrinsic(condition);
  const list: readonly Json[] = Array.isArray(argument) ? argument : [];
  const judged = list.map((of) => judge(scope, of, within));
  switch (name) {
    case 'Condition': return holds(scope, String(argument), within);
    case 'Fn::Not': return not(judged[0]);
    case 'Fn::And': return not(some(judged, false));
    case 'Fn::Or': return some(judged, true);
    case 'Fn::Equals': return equal(textOf(scope, list[0]), textOf(scope, list[1]));
    case 'Fn::Contains': {
      const values = resolve(scope, list[0]);
      return Array.isArray(values) ? some(values.map((value) => equal(String(value), textOf(scope, list[1]))), true) : undefined;
    }
    default: return undefined;
  }
}

const not = (is: boolean | undefined) => (is === undefined ? undefined : !is);

/** Whether one of them is that; undefined: only the deployment knows. */
function some(values: readonly (boolean | undefined)[], wanted: boolean): boolean | undefined {
  if (values.includes(wanted)) return true;
  return values.includes(undefined) ? undefined : false;
}

function equal(left: string, right: string): boolean | undefined {
  if (left === right) return true;
  return isKnown(left) && isKnown(right) ? false : undefined;
}
