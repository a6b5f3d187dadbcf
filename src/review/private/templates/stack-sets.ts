import { resolve } from './intrinsics';
import { isObject, Json, JsonObject, listOf, objectOf, Scope } from './scope';
import { unique } from '../lists';

/** Where a stack set puts its template, and with which parameters; those that differ between its stacks are unknown. */
export function memberStacksOf(scope: Scope, properties: JsonObject, defaultOf: (name: string) => Json): Pick<Scope, 'where' | 'parameter'> {
  const objectsIn = (value: Json) => (Array.isArray(value) ? value.filter(isObject) : []);
  const groups = objectsIn(resolve(scope, properties.StackInstancesGroup));
  const parameters = objectsIn(resolve(scope, properties.Parameters));
  const given = new Map(parameters.map(({ ParameterKey, ParameterValue }) => [String(ParameterKey), ParameterValue]));
  const open = new Set(groups.flatMap(({ ParameterOverrides }) => objectsIn(ParameterOverrides).map(({ ParameterKey }) => String(ParameterKey))));
  const where = unique(groups.flatMap(({ DeploymentTargets }) => targetsOf(objectOf(DeploymentTargets))));
  return {
    where: where.length === 0 ? ['accounts known when deployed'] : where,
    parameter: (name) => (open.has(name) ? undefined : given.get(name) ?? defaultOf(name)),
  };
}

/** Accounts as they are; what follows an organizational unit in words. */
function targetsOf({ OrganizationalUnitIds, Accounts, AccountsUrl, AccountFilterType }: JsonObject): string[] {
  const [units, accounts] = [OrganizationalUnitIds, Accounts].map((value) => listOf(value).map(String).sort()) as [string[], string[]];
  const all = [...accounts, ...AccountsUrl === undefined ? [] : [`the accounts listed at ${String(AccountsUrl)}`]];
  if (units.length === 0) return all;
  const ofUnits = `every account of ${units.join(', ')}`;
  switch (AccountFilterType) {
    case 'DIFFERENCE': return [`${ofUnits} but ${all.join(', ')}`];
    case 'INTERSECTION': return [`of ${all.join(', ')} those in ${units.join(', ')}`];
    case 'UNION': return [ofUnits, ...all];
    default: return [ofUnits];
  }
}
