import { CfnParameter, CfnResource, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, StringConcat, Token, Tokenization } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';

/**
 * A pattern of a parameter that cannot match a wildcard, as far as this can be told by its parts: characters of names and paths, sets of
 * these without `^`, `\w` and `\d`, groups and repetitions. A lone `.` is any character.
 */
const NO_WILDCARD = new RegExp(`^(?:${[
  String.raw`\[(?:a-z|A-Z|[0-9]-[0-9]|\\[wd.+-]|[\w+=,.@/]|-(?=\]))+\]`,
  String.raw`\\[wd.+-]`,
  '[A-Za-z0-9_=,@/-]',
  String.raw`\((?:\?:)?|[)|^$*+?]|\{\d+(?:,\d*)?\}`,
].join('|')})+$`);

/**
 * Throws for a token that could become a wildcard when the stack is deployed: the function would then have rights on every role. The name
 * of a role and a pseudo parameter cannot become one. A parameter cannot, if its pattern or its list of values excludes that. Attributes of
 * other resources, such as custom resources, can.
 */
export function checkBounded(scope: IConstruct, name: string, value: string): void {
  if (!Token.isUnresolved(value)) return;
  const found = new FindLoose();
  Tokenization.resolve(value, { scope, resolver: found, preparing: true });
  if (found.loose === undefined) return;
  const advice = Reference.isReference(found.loose) && found.loose.target instanceof CfnParameter
    ? `give the parameter ${found.loose.target.node.path} the type String and an allowedPattern without wildcards, as '[A-Za-z0-9_+=,.@-]+'`
    : 'write a text, or refer to a role that is made here or to a parameter with an allowedPattern';
  throw new Error(`${name} of ${scope.node.path} must not become a wildcard when it is deployed, got a token that may: ${advice}`);
}

/** Follows tokens to their sources, up to the first one without a limit. */
class FindLoose extends DefaultTokenResolver {
  public loose?: IResolvable;

  public constructor() {
    super(new StringConcat());
  }

  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (Reference.isReference(token)) return this.take(token, isPseudo(token.displayName) || isBounded(token.target));
    const value: unknown = token.resolve(context);
    if (typeof value !== 'object' || value === null || Token.isUnresolved(value)) return super.resolveToken(token, context, postProcessor);
    return this.take(token, isPseudo((value as { readonly Ref?: unknown }).Ref));
  }

  private take(token: IResolvable, isFine: boolean): string {
    if (!isFine) this.loose ??= token;
    return '';
  }
}

function isPseudo(name: unknown): boolean {
  return typeof name === 'string' && name.startsWith('AWS::');
}

function isBounded(target: IConstruct): boolean {
  if (!(target instanceof CfnParameter)) return CfnResource.isCfnResource(target) && target.cfnResourceType === CfnRole.CFN_RESOURCE_TYPE_NAME;
  if (target.type !== 'String') return false; // of others the pattern is not that of the value
  return target.allowedValues?.every((value) => !/[*?$]/.test(value)) ?? (target.allowedPattern !== undefined && NO_WILDCARD.test(target.allowedPattern));
}
