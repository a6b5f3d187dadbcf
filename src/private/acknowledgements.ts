import { Stack, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Reasons to accept findings, by the name of the rule without its pack. */
export type Acknowledgements = Readonly<Record<string, string>>;

/** The packs of cdk-nag, by which the names of its rules begin. All other rules are those of AWS Control Tower in `@cdklabs/cdk-validator-cfnguard`. */
const NAG_PACKS = ['AwsSolutions', 'NIST.800.53.R5'];
const CONTROL_TOWER = 'cdk-validator-cfnguard';

/**
 * Tells the validation plugins of an app that the library knows these findings on the construct and on everything below it. The report then
 * shows them as suppressed, with the reason.
 *
 * Up to AWS CDK 2.270, an acknowledgement in the usual form silences the rule in the whole app, also for resources of others
 * (https://github.com/aws/aws-cdk/issues/38495). For these versions, this function writes a form that only cdk-nag reads, and cdk-nag limits it to the
 * construct. The rules of Control Tower then still report their findings.
 *
 * `Validations.acknowledge` of the lowest AWS CDK refuses IDs with a resource, so this function does not use it.
 */
export function acknowledge(construct: IConstruct, findings: Acknowledgements): void {
  let byId = KNOWN.get(findings);
  if (!byId) KNOWN.set(findings, byId = reasonsById(findings));
  if (Object.keys(byId).length > 0) construct.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, byId);
}

/** Reasons by the IDs of rules. Thousands of roles share one object. */
const KNOWN = new WeakMap<Acknowledgements, Acknowledgements>();

function reasonsById(findings: Acknowledgements): Acknowledgements {
  const byConstruct = coreLooksAtConstruct();
  return Object.fromEntries(Object.entries(findings).map(([rule, reason]) => [idOf(rule, byConstruct), reason]).filter(([id]) => id !== undefined));
}

function idOf(rule: string, byConstruct: boolean): string | undefined {
  const pack = NAG_PACKS.find((name) => rule.startsWith(`${name}-`));
  if (byConstruct) return `${pack ?? CONTROL_TOWER}::${rule}`;
  return pack === undefined ? undefined : `annotation::${rule}`;
}

/** Whether the AWS CDK in use limits an acknowledgement to its construct. Its version is stored on each of its classes. */
function coreLooksAtConstruct(): boolean {
  const { version = '' } = (Stack as unknown as Record<symbol, { readonly version?: string } | undefined>)[Symbol.for('jsii.rtti')] ?? {};
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 2 || minor >= 271;
}
