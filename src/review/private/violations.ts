import { join, relative, sep } from 'path';
import { CfnResource, PolicyValidationPluginReport, PolicyViolation, Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { groupedBy } from './lists';
import { Flaw, Model, RuleName } from './model';
import { Located } from './templates/scope';

const FIXES: Readonly<Record<RuleName, string>> = {
  'external-id': 'Ask for the external ID with StringEquals in each statement of the trust policy',
  'anyone': 'Name the account that may assume the role, and ask for an external ID',
  'whole-account': 'Name the user of the base account: TrustPrincipal.ofUser(), or userName in TrustPrincipal.baseAccount()',
  'key-in-template': 'Let a BaseAccountUser make the key: it stands in its secret and nowhere else',
};

/** What the rules find, each with the construct in its name. */
export function violationsOf(model: Model, app: IConstruct): PolicyValidationPluginReport {
  const resourceOf = finder(app);
  const violationOf = (flaw: Flaw | undefined, { at }: Located<object>, what: string): PolicyViolation[] => {
    if (!flaw) return [];
    const [file, logicalId] = [at?.scope.file ?? 'N/A', at?.logicalId ?? 'N/A'];
    const path = resourceOf(file, logicalId)?.node.path;
    return [{
      ruleName: `${flaw.rule}[${path ?? `${file}/${logicalId}`}]`,
      description: `${what}: ${flaw.says}`,
      severity: flaw.rule === 'whole-account' ? 'warning' : 'error',
      fix: FIXES[flaw.rule],
      violatingResources: [{ constructPath: path ?? 'N/A', locations: [] }],
    }];
  };
  const found = [
    ...model.roles.flatMap((role) => role.ways.flatMap(({ flaw, caller }) => violationOf(flaw, role, `${role.name} in ${role.where.join(', ')} (${caller})`))),
    ...model.keys.flatMap((key) => violationOf(key.flaw, key, `the key of ${key.user} in ${key.account}`)),
  ];
  const violations = [...groupedBy(found, ({ ruleName }) => ruleName).values()]
    .map((alike) => ({ ...alike[0]!, description: [...new Set(alike.map(({ description }) => description))].join('; ') }));
  return {
    success: violations.every(({ severity }) => severity === 'warning'),
    violations,
    metadata: { roles: `${model.read.roles} roles in ${model.read.templates} templates were looked at, ${model.roles.length} of them are in the map` },
  };
}

const resourcesIn = (scope: IConstruct) => scope.node.findAll().filter((one): one is CfnResource => CfnResource.isCfnResource(one));
const idOf = (resource: CfnResource) => String(resource.stack.resolve(resource.logicalId));

/** Finds the construct of a resource by its template and logical ID. One from elsewhere has none. */
function finder(app: IConstruct): (file: string, logicalId: string) => CfnResource | undefined {
  // As the map calls it: below the assembly, with `/` on every system.
  const templateOf = (stack: Stack) => relative((app as Stage).outdir, join(Stage.of(stack)!.outdir, stack.templateFile)).split(sep).join('/');
  let known: Map<string, CfnResource> | undefined;
  return (file, logicalId) => {
    known ??= new Map(resourcesIn(app).map((one) => [`${templateOf(one.stack)} ${idOf(one)}`, one]));
    const [template, stackSet] = file.split('#');
    if (stackSet === undefined) return known.get(`${template} ${logicalId}`);
    // What stands in the template of a stack set that is written inline stands in the stack below the set.
    const set = known.get(`${template} ${stackSet}`);
    return set?.node.scope && resourcesIn(set.node.scope).find((one) => one.stack !== set.stack && idOf(one) === logicalId);
  };
}
