import { Reference, Stack, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Throws when the text is an attribute of a resource in another account or region: CloudFormation hands no value over. */
export function checkReadable(scope: IConstruct, name: string, value: string, advice: string): void {
  const here = Stack.of(scope);
  for (const token of Tokenization.reverseString(value).tokens.filter((one) => Reference.isReference(one))) {
    const { target } = token as Reference;
    const there = Stack.of(target);
    if (there.environment !== here.environment) {
      throw new Error(`${name} must be known to ${scope.node.path} in ${here.environment}, but it is a value of ${target.node.path} in ${there.environment}, `
        + `and CloudFormation hands no value from one account or region to another: ${advice}`);
    }
  }
}
