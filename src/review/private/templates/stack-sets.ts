import { resolve } from './intrinsics';
import { isObject, Json, Scope } from './scope';
import { compare, unique } from '../model';

/** Where a stack set puts its template, and with which parameters. */
export interface MemberStacks {
  readonly where: readonly string[];
  readonly parameters: ReadonlyMap<string, Json>;
  /** Parameters that differ between its stacks. */
  readonly open: ReadonlySet<string>;
}

export function memberStacksOf(scope: Scope, properties: Readonly<Record<string, Json>>): MemberStacks {
  const groups = objectsIn(resolve(scope, properties.StackInstancesGroup));
  const pairs = objectsIn(resolve(scope, properties.Parameters));
  const overridden = groups.flatMap(({ ParameterOverrides }) => objectsIn(ParameterOverrides).map(({ ParameterKey }) => String(ParameterKey)));
  const where = unique(groups.flatMap(({ DeploymentTargets }) => (isObject(DeploymentTargets) ? targetsOf(DeploymentTargets) : [])));
  return {
    where: where.length === 0 ? ['accounts known when deployed'] : where,
    parameters: new Map(pairs.map(({ ParameterKey, ParameterValue }) => [String(ParameterKey), ParameterValue])),
    open: new Set(overridden),
  };
}

function objectsIn(value: Json): Readonly<Record<string, Json>>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Accounts as they are; what follows an organizational unit in words. */
function targetsOf({ OrganizationalUnitIds, Accounts, AccountsUrl, AccountFilterType }: Readonly<Record<string, Json>>): string[] {
  const units = textsIn(OrganizationalUnitIds);
  const accounts = textsIn(Accounts);
  const listed = AccountsUrl === undefined ? [] : [`the accounts listed at ${String(AccountsUrl)}`];
  if (units.length === 0) return [...accounts, ...listed];
  const ofUnits = `every account of ${units.join(', ')}`;
  const named = [...accounts, ...listed].join(', ');
  switch (AccountFilterType) {
    case 'DIFFERENCE': return [`${ofUnits} but ${named}`];
    case 'INTERSECTION': return [`of ${named} those in ${units.join(', ')}`];
    case 'UNION': return [ofUnits, ...accounts, ...listed];
    default: return [ofUnits];
  }
}

function textsIn(value: Json): string[] {
  return (Array.isArray(value) ? value.map(String) : value === undefined ? [] : [String(value)]).sort(compare);
}

