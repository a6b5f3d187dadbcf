import { Health, MissingConnector } from './compare';
import { vendorWords } from '../../runtime/redaction/line';
import { Invocation, TellFields } from '../../runtime/resource';
import { ConnectorEntry, nameOf } from '../../service/connector-api';

/** Highest number of lines of each kind. Without the base account all connectors fail at once, for one reason. */
const MAXIMUM_LINES = 20;

/** Writes into the log which connectors fail or are missing. The service's words are redacted and cut. */
export function tellHealth(invocation: Invocation, { failing, missing }: Health): void {
  const { tell } = invocation;
  const words = (text: string) => vendorWords(text, invocation.redactor);
  const name = (entry: ConnectorEntry) => words(nameOf(entry));
  const tellSome = <T>(kind: TellFields, all: readonly T[], one: (item: T) => [text: string, about: TellFields]) => {
    for (const [text, about] of all.slice(0, MAXIMUM_LINES).map(one)) tell(text, { ...kind, ...about });
    if (all.length > MAXIMUM_LINES) tell(`${all.length - MAXIMUM_LINES} more are not written one by one`, kind);
  };
  tellSome({ outcome: 'failing' }, failing, (entry) => {
    const { roleArn, state, lastError = 'the service gives no reason' } = entry;
    return [`the last run of ${name(entry)} failed: ${words(lastError)}`, { roleArn: roleArn && words(roleArn), state: state && words(state) }];
  });
  tellSome({ outcome: 'missing' }, missing, ({ roleArn, ...connector }) => [whatIsMissing(connector, name), { roleArn }]);
}

function whatIsMissing({ logicalId, disabled }: Omit<MissingConnector, 'roleArn'>, name: (entry: ConnectorEntry) => string): string {
  return `the stack has the resource ${logicalId}, but ${disabled === undefined ? 'the service has no connector of its role: somebody has deleted it' : `${name(disabled)} is disabled at the service`}`;
}
