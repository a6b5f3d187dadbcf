import { Stack } from '@aws-sdk/client-cloudformation';

/** An output of a stack; throws when it has no such. */
export function outputOf(stack: Stack, name: string): string {
  const output = stack.Outputs?.find((candidate) => candidate.OutputKey === name)?.OutputValue;
  if (output === undefined) throw new Error(`the stack ${stack.StackName} (${stack.StackStatus}) has no output '${name}'`);
  return output;
}
