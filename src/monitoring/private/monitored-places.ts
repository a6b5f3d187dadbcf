import { Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { Place } from '../../private/base-account-places';
import { Notes } from '../../private/notes';

/** Takes a place for the monitoring. Throws when another monitoring of the stack has it, because both would write the same metrics. */
export function takeMonitoredPlace(monitoring: IConstruct, { apiServer, accountType }: Place): void {
  const stack = Stack.of(monitoring);
  const places = new Notes<IConstruct>(stack, 'monitored-places');
  const key = `${apiServer} ${accountType}`;
  const holder = places.get(key);
  if (holder) {
    throw new Error(`${holder.node.path} and ${monitoring.node.path} both check the connectors of type ${accountType} at ${Token.isUnresolved(apiServer) ? 'the same platform' : apiServer} `
      + `for stack ${stack.node.path}, but one check for each stack, platform and account type is enough: keep one of them`);
  }
  places.set(key, monitoring);
}
