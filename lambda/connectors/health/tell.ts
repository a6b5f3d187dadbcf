import { Health, MissingConnector } from './compare';
import { vendorWords } from '../../runtime/redaction/line';
import { Invocation } from '../../runtime/resource';
import { ConnectorEntry, nameOf } from '../../service/connector-api';

/** Highest number of lines of each kind. Without the base account all connectors fail at once, for one reason. */
const MAXIMUM_LINES = 20;

/** Writes into the log which connectors fail or are missing. The service's words are redacted and cut. */
export function tellHealth(invocation: Invocation, { failing, missing }: Health): void {
  const { tell } = invocation;
  const words = (text: string) => vendorWords(text, invocation.redactor);
  const name = (entry: ConnectorEntry) => words(nameOf(entry));
  for (const entry of failing.slice(0, MAXIMUM_LINES)) {
    const { roleArn, state, lastError = 'the service gives no reason' } = entry;
    tell(`the last run of ${name(entry)} failed: ${words(lastError)}`, { outcome: 'failing', roleArn: roleArn && words(roleArn), state: state && words(state) });
  }
  for (const { roleArn, ...connector } of missing.slice(0, MAXIMUM_LINES)) tell(whatIsMissing(connector, name), { outcome: 'missing', roleArn });
  const more = ([['failing', failing.length], ['missing', missing.length]] as const).filter(([, count]) => count > MAXIMUM_LINES);
  for (const [outcome, count] of more) tell(`${count - MAXIMUM_LINES} more are not written one by one`, { outcome });
}

function whatIsMissing({ logicalId, disabled }: Omit<MissingConnector, 'roleArn'>, name: (entry: ConnectorEntry) => string): string {
  return `the stack has the resource ${logicalId}, but ${disabled === undefined ? 'the service has no connector of its role: somebody has deleted it' : `${name(disabled)} is disabled at the service`}`;
}
