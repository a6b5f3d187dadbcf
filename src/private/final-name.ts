import { Aws, CfnResource, Lazy, Stack, Token } from 'aws-cdk-lib';
import { CfnRole, CfnUser, Role, User } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';

/** What a role or user is called in the end: an aspect may have put a prefix before the name in code, or set another path. */
export interface FinalName {
  readonly name: string;
  readonly path: string;
}

/** Undefined where CDK makes no resource, as for imported ones. */
export function finalName(construct: IConstruct | undefined): FinalName | undefined {
  const resource = construct?.node.defaultChild;
  if (!(resource instanceof CfnRole || resource instanceof CfnUser)) return undefined;
  return {
    name: Lazy.uncachedString({
      produce: () => (resource instanceof CfnRole ? final(resource, 'RoleName', resource.roleName) : final(resource, 'UserName', resource.userName)),
    }),
    path: Lazy.uncachedString({ produce: () => final(resource, 'Path', resource.path) ?? '/' }),
  };
}

/** Aspects set a property, or override it as CDK's own `PermissionsBoundary` does. */
function final(resource: CfnResource, name: string, value?: string): string | undefined {
  // CDK has no public way to read an override.
  const { rawOverrides } = resource as unknown as { readonly rawOverrides?: { readonly Properties?: Readonly<Record<string, string>> } };
  return rawOverrides?.Properties?.[name] ?? value;
}

export interface NameAndArn {
  readonly name: string;
  readonly arn: string;
}

/**
 * Name and ARN of a role or user. The deployment hands them from stack to stack, but not to other accounts: these get
 * text, as from CDK, but with the final name in place of the one in code.
 */
export function nameAndArn(made: Role | User, given?: string): NameAndArn {
  const [kind, here]: [string, NameAndArn] = made instanceof Role
    ? ['role', { name: made.roleName, arn: made.roleArn }]
    : ['user', { name: made.userName, arn: made.userArn }];
  const text = finalName(made);
  if (!text || given === undefined || Token.isUnresolved(given)) return here;
  const { account, environment } = Stack.of(made);
  const readFrom = (own: string, elsewhere: string): string => Lazy.uncachedString({
    produce: ({ scope }) => (Stack.of(scope).environment === environment ? own : elsewhere),
  });
  return {
    name: readFrom(here.name, text.name),
    arn: readFrom(here.arn, `arn:${Aws.PARTITION}:iam::${account}:${kind}${text.path}${text.name}`),
  };
}
