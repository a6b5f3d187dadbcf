import { join, relative, sep } from 'path';
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
  const constructs = new Constructs(app);
  for (const { flaw, at, what } of found) {
    const violation = violationOf(flaw, at, what, constructs);
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

function violationOf({ rule, says }: Flaw, { at }: Located<object>, what: string, constructs: Constructs): PolicyViolation {
  const { severity, fix } = RULES[rule];
  const resource = at && constructs.of(at.scope.file, at.logicalId);
  return {
    ruleName: `${rule}[${resource?.node.path ?? `${at?.scope.file ?? 'N/A'}/${at?.logicalId ?? 'N/A'}`}]`,
    description: `${what}: ${says}`,
    severity,
    fix,
    violatingResources: [{ constructPath: resource?.node.path ?? 'N/A', locations: [] }],
  };
}

/** The constructs of resources, by their template and logical ID. One from elsewhere has none. */
class Constructs {
  private readonly known = new Map<string, CfnResource>();

  public constructor(private readonly app: IConstruct) {}

  /** What stands in the template of a stack set that is written inline stands in the stack below the set. */
  public of(file: string, logicalId: string): CfnResource | undefined {
    if (this.known.size === 0) for (const one of resourcesIn(this.app)) this.known.set(`${this.templateOf(one.stack)} ${idOf(one)}`, one);
    const [template, stackSet] = file.split('#');
    if (stackSet === undefined) return this.known.get(`${template} ${logicalId}`);
    const set = this.known.get(`${template} ${stackSet}`);
    return set?.node.scope && resourcesIn(set.node.scope).find((one) => one.stack !== set.stack && idOf(one) === logicalId);
  }

  /** As the map calls it: below the assembly, with `/` on every system. */
  private templateOf(stack: Stack): string {
    return relative((this.app as Stage).outdir, join(Stage.of(stack)!.outdir, stack.templateFile)).split(sep).join('/');
  }
}

const resourcesIn = (scope: IConstruct) => scope.node.findAll().filter((one): one is CfnResource => CfnResource.isCfnResource(one));
const idOf = (resource: CfnResource) => String(resource.stack.resolve(resource.logicalId));
