import { join, relative } from 'path';
import { CfnResource, PolicyValidationPluginReport, PolicyViolation, Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Flaw, Model, RuleName } from './model';
import { Located } from './templates/scope';

const RULES: Readonly<Record<RuleName, { readonly severity: string; readonly fix: string }>> = {
  'external-id': { severity: 'error', fix: 'Ask for the external ID with StringEquals in each statement of the trust policy' },
  'anyone': { severity: 'error', fix: 'Name the account that may assume the role, and ask for an external ID' },
  'whole-account': { severity: 'warning', fix: 'Name the user of the base account: TrustPrincipal.ofUser(), or userName in TrustPrincipal.baseAccount()' },
  'key-in-template': { severity: 'error', fix: 'Let a BaseAccountUser make the key: it stands in its secret and nowhere else' },
};

/** What the rules find, each with the construct in its name. */
export function violationsOf(model: Model, app: IConstruct): PolicyValidationPluginReport {
  const found = [...model.roles.flatMap((role) => role.ways.flatMap(({ flaw, caller }) => (flaw ? [{ flaw, at: role, what: `${role.name} in ${role.where.join(', ')} (${caller})` }] : []))),
    ...model.keys.flatMap((key) => (key.flaw ? [{ flaw: key.flaw, at: key, what: `the key of ${key.user} in ${key.account}` }] : []))];
  const violations = new Map<string, PolicyViolation>();
  for (const { flaw, at, what } of found) {
    const violation = violationOf(flaw, at, what, app);
    const known = violations.get(violation.ruleName);
    violations.set(violation.ruleName, known ? { ...known, description: known.description.includes(violation.description) ? known.description : `${known.description}; ${violation.description}` } : violation);
  }
  const all = [...violations.values()];
  return {
    success: all.every(({ severity }) => severity === 'warning'),
    violations: all,
    metadata: { roles: `${model.read.roles} roles in ${model.read.templates} templates were looked at, ${model.roles.length} of them are in the map` },
  };
}

function violationOf({ rule, says }: Flaw, { at }: Located<object>, what: string, app: IConstruct): PolicyViolation {
  const { severity, fix } = RULES[rule];
  const resource = at && constructOf(app, at.scope.file, at.logicalId);
  return {
    ruleName: `${rule}[${resource?.node.path ?? `${at?.scope.file ?? 'N/A'}/${at?.logicalId ?? 'N/A'}`}]`,
    description: `${what}: ${says}`,
    severity,
    fix,
    violatingResources: [{ constructPath: resource?.node.path ?? 'N/A', locations: [] }],
  };
}

/**
 * The construct of a resource, by its template and logical ID; the template of a stack set that stands inline, by the stack below the set.
 * One from elsewhere has none.
 */
function constructOf(app: IConstruct, file: string, logicalId: string): IConstruct | undefined {
  const [template, stackSet] = file.split('#');
  const at = (name: string, id: string) => app.node.findAll().find((one): one is CfnResource => CfnResource.isCfnResource(one)
    && templateOf(app, one.stack) === name && one.stack.resolve(one.logicalId) === id);
  if (stackSet === undefined) return at(template!, logicalId);
  const set = at(template!, stackSet);
  return set?.node.scope?.node.findAll()
    .find((one) => CfnResource.isCfnResource(one) && one.stack !== set.stack && one.stack.resolve(one.logicalId) === logicalId);
}

function templateOf(app: IConstruct, stack: Stack): string {
  return relative((app as Stage).outdir, join(Stage.of(stack)!.outdir, stack.templateFile));
}
