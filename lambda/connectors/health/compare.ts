import { ConnectorInCode } from './connectors-in-code';
import { roleOfPhysicalId } from '../../../src/wire/connector';
import { ConnectorEntry } from '../../service/connector-api';
import { progressOf } from '../verification/run';

/** The state of the connectors of an account type. */
export interface Health {
  readonly total: number;
  readonly failing: readonly ConnectorEntry[];
  readonly missing: readonly MissingConnector[];
}

/** A connector that the stack has in code, but that was deleted or disabled at the service outside of a deployment. */
export interface MissingConnector {
  readonly logicalId: string;
  readonly roleArn: string;
  /** Whether it exists and is disabled. */
  readonly disabled?: ConnectorEntry;
}

interface Compared {
  /** All connectors of the account type. */
  readonly shown: readonly ConnectorEntry[];
  /** All connectors of the stack, of every account type. */
  readonly inCode: readonly ConnectorInCode[];
  /** Logical IDs. */
  readonly disabledInCode: ReadonlySet<string>;
  readonly host: string;
  /** Of the account type. */
  readonly partition: string;
}

/**
 * Whether the last run failed. It counts for connectors in code or not, and for members of an organization connector, because the base
 * account serves all of them. A state that is under way or unknown is no failure.
 */
export function compare({ shown, inCode, disabledInCode, host, partition }: Compared): Health {
  const ofRole = new Map<string, ConnectorEntry[]>();
  for (const entry of shown) if (entry.roleArn !== undefined) ofRole.set(entry.roleArn, [...ofRole.get(entry.roleArn) ?? [], entry]);

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
