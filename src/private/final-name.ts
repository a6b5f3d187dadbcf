import { Aws, CfnResource, Lazy, Stack, Token } from 'aws-cdk-lib';
import { CfnRole, CfnUser, Role, User } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { knownPartition } from './partitions';
import { deployedStack } from './stacks';
import { keepExport } from './weak-references';

/** The final name and path of a role or user. An aspect may have put a prefix before the name in code, or set another path. */
export interface FinalName {
  readonly name: string;
  readonly path: string;
}

/**
 * Name and path as text for any stack, if the code gives both as text. Undefined if only the deployment knows them. Pseudo parameters count as unknown,
 * because another stack would fill in its own values.
 */
export function knownName(construct: IConstruct | undefined): FinalName | undefined {
  const resource = construct?.node.defaultChild;
  if (!isNamed(resource)) return undefined;
  const { name, path } = givenNames(resource);
  if (name === undefined || [name, path].some((text) => Token.isUnresolved(text))) return undefined;
  return {
    name: Lazy.uncachedString({ produce: () => textOf(resource, 'name') }),
    path: Lazy.uncachedString({ produce: () => textOf(resource, 'path') }),
  };
}

type NamedResource = CfnRole | CfnUser;

/** Does not compare classes, because two copies of AWS CDK may be in one app. */
function isNamed(resource: unknown): resource is NamedResource {
  return CfnResource.isCfnResource(resource) && [CfnRole.CFN_RESOURCE_TYPE_NAME, CfnUser.CFN_RESOURCE_TYPE_NAME].includes(resource.cfnResourceType);
}

/**
 * The present name and path, also with tokens. There is no name if CloudFormation chooses it. An aspect may have set the property, or overridden it as
 * CDK's own `PermissionsBoundary` does.
 */
export function givenNames(resource: IConstruct | undefined): { readonly name?: string; readonly path: string } {
  const { RoleName, UserName, Path } = overridesOf(resource) as Readonly<Record<string, string>>;
  const { roleName, userName, path } = (resource ?? {}) as unknown as Partial<CfnRole & CfnUser>;
  return { name: RoleName ?? UserName ?? roleName ?? userName, path: Path ?? path ?? '/' };
}

/** The overrides of a resource by aspects or people. CDK has no public way to read them. */
export function overridesOf(resource: IConstruct | undefined): Readonly<Record<string, unknown>> {
  const { rawOverrides } = (resource ?? {}) as unknown as { readonly rawOverrides?: { readonly Properties?: Readonly<Record<string, unknown>> } };
  return rawOverrides?.Properties ?? {};
}

function textOf(resource: NamedResource, what: keyof FinalName): string {
  const { [what]: value } = givenNames(resource);
  if (value !== undefined && !Token.isUnresolved(value)) return value;
  throw new Error(`${what} of ${resource.node.path} was a text in code and is not any more: an aspect has removed it, or replaced it by a value that `
    + 'only the deployment knows and other stacks cannot use. Let the aspect set a text');
}

export interface NameAndArn {
  readonly name: string;
  readonly arn: string;
}

/**
 * Name and ARN of a role or user.
 *
 * - Its own stack gets references.
 * - Another stack gets the text after all aspects, if the name is known as text.
 * - Otherwise another stack gets a reference between stacks, which works within one account and region.
 */
export function nameAndArn(made: Role | User): NameAndArn {
  const [kind, here]: [string, NameAndArn] = 'roleArn' in made
    ? ['role', { name: made.roleName, arn: made.roleArn }]
    : ['user', { name: made.userName, arn: made.userArn }];
  const known = knownName(made);
  if (!known) return here;
  return {
    name: readFrom(made, here.name, () => known.name),
    arn: readFrom(made, here.arn, (partition) => `arn:${partition}:iam::${Stack.of(made).account}:${kind}${known.path}${known.name}`),
  };
}

/** The partition is that of the reading stack, unless the resource is known to be in another one. */
function readFrom(made: IConstruct, own: string, elsewhere: (partition: string) => string): string {
  return Lazy.uncachedString({
    produce: ({ scope, preparing }) => {
      if (deployedStack(scope) === deployedStack(made)) return own;
      // Two stacks without an account count as one account, as in AWS CDK.
      if (Token.isUnresolved(Stack.of(made).account) && Stack.of(scope).environment === Stack.of(made).environment) return own;
      if (preparing) keepExport(scope, made, own);
      const [here, there] = [knownPartition(scope), knownPartition(made)];
      return elsewhere(there !== undefined && here !== there && here !== undefined ? there : Aws.PARTITION);
    },
  });
}
