import { createHash } from 'crypto';
import { CfnOutput, CfnResource, Lazy, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { deployedStack, stageOf } from './stacks';

/*
 * A new CDK app has weak references between stacks: `Fn::GetStackOutput`, which CloudFormation resolves when it creates or updates the
 * stack that reads. `cdk deploy` passes over a stack whose template is what it was. So where a name that another stack reads changes,
 * that stack would never hear of it. A fingerprint of what makes the name, in the template of the stack that reads, is that news.
 */

/** What makes the name, ARN or ID of a resource: another value of these makes another one. Of other types it is all of their properties. */
const NAMING: Readonly<Record<string, readonly string[]>> = {
  'AWS::IAM::User': ['UserName', 'Path'],
  'AWS::IAM::Role': ['RoleName', 'Path'],
  'AWS::IAM::ManagedPolicy': ['ManagedPolicyName', 'Path', 'Description'],
  'AWS::SecretsManager::Secret': ['Name'],
  'AWS::SNS::Topic': ['TopicName', 'FifoTopic'],
  'AWS::KMS::Key': [],
  'AWS::EC2::VPC': ['CidrBlock'],
  'AWS::EC2::SecurityGroup': ['GroupName', 'GroupDescription', 'VpcId'],
  'Custom::QualysAccessKey': ['AwsAccountId', 'UserName', 'SecretArn'],
};

/** Tells what other stacks hand over to `values` by weak references; nothing where there is none, so that other templates stay as they are. */
export function fingerprintOfWeakReferences(scope: IConstruct, values: () => unknown): string {
  return Lazy.uncachedString({
    produce: ({ preparing }) => {
      if (preparing) return undefined;
      const outputs = referencesIn(Stack.of(scope).resolve(values()), 'Fn::GetStackOutput') as StackOutput[];
      const made = outputs.map((output) => makingOf(scope, output));
      return made.length === 0 ? undefined : createHash('sha256').update(JSON.stringify(made)).digest('hex').slice(0, 16);
    },
  });
}

/**
 * Puts the fingerprint into the metadata of a resource that is not the library's own type, where one of the texts in it comes from
 * another stack.
 */
export function noteWeakReferences(resource: CfnResource, texts: readonly string[]): void {
  const isElsewhere = (token: object) => Reference.isReference(token) && Stack.of(token.target) !== resource.stack;
  const reads = (text: string) => Tokenization.reverseString(text).tokens.some(isElsewhere);
  if (hasWeakReferences(resource) && texts.some(reads)) resource.addMetadata(REFERENCES_METADATA, fingerprintOfWeakReferences(resource, () => texts));
}

const REFERENCES_METADATA = 'cdk-qualys-connectors:References';

interface StackOutput {
  readonly StackName: string;
  readonly OutputName: string;
}

function makingOf(scope: IConstruct, { StackName, OutputName }: StackOutput): unknown {
  const stack = stageOf(scope).node.findAll().filter(Stack.isStack).find((one) => one.stackName === StackName && one === deployedStack(one));
  const output = stack?.node.findAll().find((one): one is CfnOutput => one instanceof CfnOutput && stack.resolve(one.logicalId) === OutputName);
  return [OutputName, output && makingIn(stack!, output.value, new Set())];
}

/** The naming properties of all resources of the stack that a value leads to. */
function makingIn(stack: Stack, value: unknown, seen: Set<string>): unknown {
  const resolved: unknown = stack.resolve(value);
  const names = [...referencesIn(resolved, 'Ref'), ...referencesIn(resolved, 'Fn::GetAtt').map((attribute) => [attribute].flat()[0])] as string[];
  return names.filter((name) => !seen.has(name)).map((name) => {
    seen.add(name);
    const resource = stack.node.findAll().find((one): one is CfnResource => CfnResource.isCfnResource(one) && stack.resolve(one.logicalId) === name);
    if (!resource) return name;
    const properties = propertiesOf(stack, resource);
    const naming = NAMING[resource.cfnResourceType];
    const made = naming === undefined ? properties : Object.fromEntries(naming.map((property) => [property, properties[property]]));
    return [name, made, makingIn(stack, made, seen)];
  });
}

/** As they stand in the template: after all aspects, with overrides. */
export function propertiesOf(stack: Stack, resource: CfnResource): Readonly<Record<string, unknown>> {
  const template = stack.resolve((resource as unknown as { _toCloudFormation(): object })._toCloudFormation()) as {
    readonly Resources: Readonly<Record<string, { readonly Properties?: Readonly<Record<string, unknown>> }>>;
  };
  return Object.values(template.Resources)[0]?.Properties ?? {};
}

/** The arguments of an intrinsic function, wherever it stands. */
function referencesIn(value: unknown, name: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === name ? [inner] : referencesIn(inner, name)));
}

/** Whether references of this construct to other stacks are weak alone. */
export function hasWeakReferences(scope: IConstruct): boolean {
  return scope.node.tryGetContext('@aws-cdk/core:defaultCrossStackReferences') === 'weak';
}

/**
 * Keeps the export of a value that another stack has imported so far and writes as text by now: while the deployed stack still imports
 * it, CloudFormation refuses to drop it. Where references are weak there is none.
 */
export function keepExport(reader: IConstruct, made: IConstruct, reference: string): void {
  const [here, there] = [deployedStack(reader), deployedStack(made)];
  const isRead = here !== there && here.environment === there.environment && stageOf(here) === stageOf(there);
  if (isRead && !hasWeakReferences(there) && Stack.of(made) === there) there.exportValue(reference);
}
