import { App, AppProps, FeatureFlags, Stack } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { listOf } from './function-roles';

/*
 * The suite runs in two worlds: beside the lowest AWS CDK without feature flags, and beside the newest with all of them (test/world.ts).
 * Templates differ between the two in ways that mean the same. All that has to be known of that stands here.
 */

/** The flag of a new app by which references between stacks are weak, and nothing else of a new app. */
export const WEAK = { '@aws-cdk/core:defaultCrossStackReferences': 'weak' };

/** An app of somebody who has set no feature flag, as all were when the first shapes were deployed. */
export function appWithoutFlags(props?: AppProps): App {
  const { CDK_CONTEXT_JSON } = process.env;
  delete process.env.CDK_CONTEXT_JSON;
  try {
    return new App(props);
  } finally {
    if (CDK_CONTEXT_JSON !== undefined) process.env.CDK_CONTEXT_JSON = CDK_CONTEXT_JSON;
  }
}

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource?: string | string[];
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

/** What statements say, one line for each action on each resource: AWS CDK may merge statements, and sort what is in them. */
export function rights(statements: readonly Statement[]): string[] {
  return [...new Set(statements.flatMap(({ Sid, Effect, Action, Resource = [], Principal, Condition }) => listOf(Action).flatMap((action) => (
    (Resource.length === 0 ? [''] : listOf(Resource)).map((resource) => [Sid, Effect, action, resource, sorted(Principal), sorted(Condition)].filter(Boolean).join(' '))))))].sort();
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner) => (Array.isArray(inner) ? [...inner].sort() : inner)) ?? '';
}

/**
 * Partitions that stand as text in a template and should not: it could go to another one. With a feature flag AWS CDK itself writes that of
 * a known region.
 */
export function strayPartitions(stack: Stack, template: object): string[] {
  const found = new Set([...JSON.stringify(template).matchAll(/arn:(aws[a-z-]*):/g)].map(([, partition]) => partition!));
  const isKnown = !stack.region.includes('Token');
  if (isKnown && FeatureFlags.of(stack).isEnabled('@aws-cdk/core:enablePartitionLiterals')) found.delete(RegionInfo.get(stack.region).partition!);
  return [...found];
}

/** What stands for a value of another stack, by an import or by an output: `${from Security: RefBaseUser}`. */
export function referenceElsewhere(value: { readonly 'Fn::ImportValue'?: string; readonly 'Fn::GetStackOutput'?: { readonly StackName: string; readonly OutputName: string } }): string | undefined {
  const { 'Fn::ImportValue': imported, 'Fn::GetStackOutput': output } = value;
  const [stack, name] = imported !== undefined ? imported.split(':') : [output?.StackName, output?.OutputName];
  return name && `\${from ${stack}: ${name.replace(/^(Exports|Publish)Output/, '').replace(/[0-9A-F]{8}/g, '')}}`;
}
