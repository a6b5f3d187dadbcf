import { CfnParameter, CfnResource, Reference, Token, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** What would name more than one role in a policy. */
const WILD = ['*', '?', 'a*', '${x}'];

/**
 * Throws for a token that could become a wildcard when the stack is deployed: the function would have rights on every role then. What a
 * resource has as its name cannot; a parameter cannot if its pattern keeps it from that.
 */
export function checkBounded(scope: IConstruct, name: string, value: string): void {
  if (!Token.isUnresolved(value)) return;
  const tokens = Tokenization.reverseString(value).tokens;
  const loose = tokens.find((token) => !Reference.isReference(token) || !isBounded(token.target));
  if (loose === undefined) return;
  const advice = Reference.isReference(loose) && loose.target instanceof CfnParameter
    ? `give the parameter ${loose.target.node.path} an allowedPattern without wildcards, as '[A-Za-z0-9_+=,.@-]+'`
    : 'write a text, or refer to a resource or a parameter with an allowedPattern';
  throw new Error(`${name} of ${scope.node.path} must not become a wildcard when it is deployed, got a token that may: ${advice}`);
}

function isBounded(target: IConstruct): boolean {
  if (target instanceof CfnParameter) return target.allowedPattern !== undefined && !WILD.some((text) => new RegExp(`^(?:${target.allowedPattern})$`).test(text));
  return CfnResource.isCfnResource(target);
}
