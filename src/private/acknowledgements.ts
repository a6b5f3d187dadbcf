import { Stack, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Reasons to accept a finding, by the name of the rule without its pack. */
export type Acknowledgements = Readonly<Record<string, string>>;

/**
 * The plugin that a rule belongs to, by how the rule's name begins: the packs of cdk-nag. All others are rules of AWS
 * Control Tower, as `@cdklabs/cdk-validator-cfnguard` has them.
 */
const NAG_PACKS = ['AwsSolutions', 'NIST.800.53.R5'];
const CONTROL_TOWER = 'cdk-validator-cfnguard';

/**
 * Tells the validation plugins of an app that the library knows these findings on the construct and on everything below it. The report then
 * shows them as suppressed, with the reason.
 *
 * Up to AWS CDK 2.270 an acknowledgement that its core heeds silences the rule in the whole app
 * (https://github.com/aws/aws-cdk/issues/38495), also for resources that are not the library's. Up to that version this writes them in a
 * form that only cdk-nag reads, which applies them to the construct; the rules of Control Tower then report their findings.
 *
 * `Validations.acknowledge` of the lowest AWS CDK refuses IDs with a resource, so this does not use it.
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

/** Whether the AWS CDK in use limits an acknowledgement to its construct. Every class of AWS CDK has its version. */
function coreLooksAtConstruct(): boolean {
  const { version = '' } = (Stack as unknown as Record<symbol, { readonly version?: string } | undefined>)[Symbol.for('jsii.rtti')] ?? {};
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 2 || minor >= 271;
}
