import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Emulator } from '../../support/emulator/emulator';

/** Runs what an output has as `ConfirmCommand`, as a person of that account does; answers the lines of each function. */
export async function confirm(emulator: Emulator, account: string, command: string): Promise<string[]> {
  const lambda = new LambdaClient(emulator.clientConfig(account));
  const lines: string[] = [];
  for (const [, FunctionName, payload] of command.matchAll(/--function-name (\S+) --payload '([^']+)'/g)) {
    const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName, Payload: Buffer.from(payload!) }));
    const answered = JSON.parse(Buffer.from(Payload!).toString('utf8'));
    if (FunctionError !== undefined) throw new Error(`${FunctionName}: ${answered.errorMessage}`);
    lines.push(...answered);
  }
  return lines;
}
