import { Stack, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Reviewers' rules by their name, without the pack: what each of them finds here, and why that is as it should be. */
export type Acknowledgements = Readonly<Record<string, string>>;

/**
 * The plugin that a rule belongs to, by how the rule's name begins: the packs of cdk-nag. All others are rules of AWS
 * Control Tower, as `@cdklabs/cdk-validator-cfnguard` has them.
 */
const NAG_PACKS = ['AwsSolutions', 'NIST.800.53.R5'];
const CONTROL_TOWER = 'cdk-validator-cfnguard';

/**
 * Tells the validation plugins of an app that these findings on the construct, and on what stands below it, are known. In
 * the report they then stand as suppressed, with the reason.
 *
 * Up to AWS CDK 2.270 an acknowledgement that its core heeds silences the rule in the whole app
 * (https://github.com/aws/aws-cdk/issues/38495), also for resources that are not the library's. There they are written so that
 * only cdk-nag heeds them, which looks at the construct; the rules of Control Tower then report what they find.
 *
 * Not `Validations.acknowledge`: at the lowest AWS CDK it refuses the IDs that have the resource in them.
 */
export function acknowledge(construct: IConstruct, findings: Acknowledgements): void {
  let byId = KNOWN.get(findings);
  if (!byId) KNOWN.set(findings, byId = reasonsById(findings));
  if (Object.keys(byId).length > 0) construct.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, byId);
}

/** Of thousands of roles all have the same. */
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

/** Whether the AWS CDK in use keeps an acknowledgement to its construct; every class of it carries its version. */
function coreLooksAtConstruct(): boolean {
  const { version = '' } = (Stack as unknown as Record<symbol, { readonly version?: string } | undefined>)[Symbol.for('jsii.rtti')] ?? {};
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 2 || minor >= 271;
}
