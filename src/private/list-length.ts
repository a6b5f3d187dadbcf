import { Stack, Token, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** How many different items a list has in the end. Its items stay as they are: to count them, nobody needs to resolve them. */
export function lengthOf(scope: IConstruct, list: string[]): number {
  const leaveAsIs = { scope, preparing: false, documentPath: [], registerPostProcessor: () => {}, resolve: (value: unknown) => value };
  const items: unknown = Tokenization.reverseList(list)?.resolve(leaveAsIs) ?? list;
  if (Array.isArray(items) && !Token.isUnresolved(items)) { return new Set(items).size; }
  return (Stack.of(scope).resolve(list) as unknown[]).length;
}
