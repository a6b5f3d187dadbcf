import { createHash } from 'crypto';
import { CfnOutput, CfnResource, Lazy, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { deployedStack, stageOf } from './stacks';

/*
 * A new CDK app has weak references between stacks: `Fn::GetStackOutput`, which CloudFormation resolves when it creates or updates the
 * reading stack. `cdk deploy` skips a stack whose template has not changed. So a reading stack would never get a changed name. A
 * fingerprint of what makes the name, in the template of the reading stack, changes that template.
 */

/** The properties that decide the name, ARN or ID of a resource. For other types all properties count. */
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

/** A fingerprint of the weak references in `values`. Undefined when there are none, so that other templates stay as they are. */
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

/** Puts the fingerprint into the metadata of a resource that is no custom resource, if one of its texts comes from another stack. */
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

/** The naming properties of all resources of the stack that a value refers to. */
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

/** The properties in the template, after all aspects and with overrides. */
export function propertiesOf(stack: Stack, resource: CfnResource): Readonly<Record<string, unknown>> {
  const template = stack.resolve((resource as unknown as { _toCloudFormation(): object })._toCloudFormation()) as {
    readonly Resources: Readonly<Record<string, { readonly Properties?: Readonly<Record<string, unknown>> }>>;
  };
  return Object.values(template.Resources)[0]?.Properties ?? {};
}

/** The arguments of an intrinsic function, at any depth. */
function referencesIn(value: unknown, name: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === name ? [inner] : referencesIn(inner, name)));
}

/** Whether all references of this construct to other stacks are weak. */
export function hasWeakReferences(scope: IConstruct): boolean {
  return scope.node.tryGetContext('@aws-cdk/core:defaultCrossStackReferences') === 'weak';
}

/**
 * Keeps the export of a value that another stack used to import and now has as text. CloudFormation refuses to remove an export while the
 * deployed stack still imports it. With weak references there is no export.
 */
export function keepExport(reader: IConstruct, made: IConstruct, reference: string): void {
  const [here, there] = [deployedStack(reader), deployedStack(made)];
  const isRead = here !== there && here.environment === there.environment && stageOf(here) === stageOf(there);
  if (isRead && !hasWeakReferences(there) && Stack.of(made) === there) there.exportValue(reference);
}
