import { ConnectorInCode } from './connectors-in-code';
import { roleOfPhysicalId } from '../../../src/wire/connector';
import { ConnectorEntry } from '../../service/connector-api';
import { progressOf } from '../verification/run';

/** How the connectors of an account type stand. */
export interface Health {
  readonly total: number;
  readonly failing: readonly ConnectorEntry[];
  readonly missing: readonly MissingConnector[];
}

/** One that the stack has in code and that does not work at the service, although nobody has deployed that. */
export interface MissingConnector {
  readonly logicalId: string;
  readonly roleArn: string;
  /** It is there and disabled. */
  readonly disabled?: ConnectorEntry;
}

interface Compared {
  /** All of the account type. */
  readonly shown: readonly ConnectorEntry[];
  /** All of the stack, whatever they are of. */
  readonly inCode: readonly ConnectorInCode[];
  /** Logical IDs. */
  readonly disabledInCode: ReadonlySet<string>;
  readonly host: string;
  /** Of the account type. */
  readonly partition: string;
}

/**
 * A run that failed, in code or not, also of what an organization connector has made: the base account serves all of them. A state that is under way or
 * not known is neither.
 */
export function compare({ shown, inCode, disabledInCode, host, partition }: Compared): Health {
  const ofRole = new Map<string, ConnectorEntry[]>();
  for (const entry of shown) {
    if (entry.roleArn === undefined) continue;
    const entries = ofRole.get(entry.roleArn);
    if (entries) entries.push(entry);
    else ofRole.set(entry.roleArn, [entry]);
  }
  const missing = inCode.flatMap(({ logicalId, physicalId }): MissingConnector[] => {
    const roleArn = roleOfPhysicalId(physicalId, host);
    if (roleArn?.split(':')[1] !== partition) return [];
    const own = ofRole.get(roleArn) ?? [];
    if (own.length === 0) return [{ logicalId, roleArn }];
    return own.every(isDisabled) && !disabledInCode.has(logicalId) ? [{ logicalId, roleArn, disabled: own[0] }] : [];
  });
  return { total: shown.length, failing: shown.filter((entry) => !isDisabled(entry) && progressOf(entry.state) === 'FAILED'), missing };
}

function isDisabled({ enabled, state }: ConnectorEntry): boolean {
  return enabled === false || progressOf(state) === 'DISABLED';
}
