import { Aws, CfnResource, Lazy, Stack, Token } from 'aws-cdk-lib';
import { CfnRole, CfnUser, Role, User } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { knownPartition } from './partitions';
import { deployedStack } from './stacks';
import { keepExport } from './weak-references';

/** What a role or user is called in the end: an aspect may have put a prefix before the name in code, or set another path. */
export interface FinalName {
  readonly name: string;
  readonly path: string;
}

/**
 * Name and path as text, which any stack may write: of a role or user whose name and path the code gives as text. Undefined where
 * only the deployment knows them, as for a name with pseudo parameters in it, which another stack would evaluate as its own.
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

/** Not by its class: two copies of AWS CDK may be in one app. */
function isNamed(resource: unknown): resource is NamedResource {
  return CfnResource.isCfnResource(resource) && [CfnRole.CFN_RESOURCE_TYPE_NAME, CfnUser.CFN_RESOURCE_TYPE_NAME].includes(resource.cfnResourceType);
}

/**
 * As they are now, with tokens in them; no name where CloudFormation makes it. Aspects set a property, or override it as CDK's own
 * `PermissionsBoundary` does.
 */
export function givenNames(resource: IConstruct | undefined): { readonly name?: string; readonly path: string } {
  const { RoleName, UserName, Path } = overridesOf(resource) as Readonly<Record<string, string>>;
  const { roleName, userName, path } = (resource ?? {}) as unknown as Partial<CfnRole & CfnUser>;
  return { name: RoleName ?? UserName ?? roleName ?? userName, path: Path ?? path ?? '/' };
}

/** Properties that aspects or people have put in the place of what the class of the resource says. CDK has no public way to read them. */
export function overridesOf(resource: IConstruct | undefined): Readonly<Record<string, unknown>> {
  const { rawOverrides } = (resource ?? {}) as unknown as { readonly rawOverrides?: { readonly Properties?: Readonly<Record<string, unknown>> } };
  return rawOverrides?.Properties ?? {};
}

function textOf(resource: NamedResource, what: keyof FinalName): string {
  const { [what]: value } = givenNames(resource);
  if (value !== undefined && !Token.isUnresolved(value)) return value;
  throw new Error(`${what} of ${resource.node.path} was a text in code and is not any more: an aspect has taken it away or put a value in its place that `
    + 'only the deployment knows, which other stacks cannot write. Let the aspect set a text');
}

export interface NameAndArn {
  readonly name: string;
  readonly arn: string;
}

/**
 * Name and ARN of a role or user. Its own stack refers to it. Any other gets text where the name is known as text, with the name that
 * it has after all aspects; where it is not, the deployment hands name and ARN on, which it does within one account and region.
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

/** The partition is that of the reader, but for one that is known to be in another. */
function readFrom(made: IConstruct, own: string, elsewhere: (partition: string) => string): string {
  return Lazy.uncachedString({
    produce: ({ scope, preparing }) => {
      if (deployedStack(scope) === deployedStack(made)) return own;
      // Two stacks without an account are taken to go to one account, as AWS CDK does.
      if (Token.isUnresolved(Stack.of(made).account) && Stack.of(scope).environment === Stack.of(made).environment) return own;
      if (preparing) keepExport(scope, made, own);
      const [here, there] = [knownPartition(scope), knownPartition(made)];
      return elsewhere(there !== undefined && here !== there && here !== undefined ? there : Aws.PARTITION);
    },
  });
}
