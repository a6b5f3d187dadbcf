import * as z from 'zod/mini';
import { Origin } from './mark';
import type { AccountTypeName } from '../../../src/wire/account-types';
import { DeployError } from '../../runtime/errors';
import { Owner } from '../../runtime/owner';
import { Agree } from '../../runtime/properties';
import { accountType } from '../../service/properties';

/**
 * What this library knows of a connector of its own. It stands in Parameter Store and not at the service, where whoever may edit a connector
 * may write into its description what he likes.
 */
export interface ConnectorNote {
  readonly owner: Owner;
  readonly origin: Origin;
  /** Of the request that makes the connector, or that took it up; what it makes has it in its mark. */
  readonly token: string;
  /** Absent: it is being made, and may be there already. */
  readonly connectorId?: string;
  readonly accountType: AccountTypeName;
  readonly roleArn: string;
  /** `false`: it was made while its base account waited for a person, so that it was not run yet. */
  readonly judged?: false;
}

const text = z.string().check(z.minLength(1));
const schema = z.object({
  owner: z.object({ stackId: text, logicalId: text }),
  origin: z.enum(['created', 'adopted']),
  token: text,
  connectorId: z.optional(text),
  accountType,
  roleArn: text,
  judged: z.optional(z.literal(false)),
});

const agreed: Agree<z.output<typeof schema>, ConnectorNote> = true;

export function parseNote(value: string, name: string): ConnectorNote {
  try {
    return agreed && z.parse(schema, JSON.parse(value));
  } catch {
    throw new DeployError(`the parameter ${name} in Parameter Store is not a note that this library wrote, so that it does not say whether the connector is `
      + 'this stack\'s; nothing was changed. If nothing else needs the parameter, delete it and deploy again with adoptExisting');
  }
}

/** Notes on connectors, by the names of their parameters. */
export interface ConnectorNotes {
  read(name: string): Promise<ConnectorNote | undefined>;
  write(name: string, note: ConnectorNote): Promise<void>;
  /** Of one that is gone: succeeds. */
  remove(name: string): Promise<void>;
  /** All below a folder. */
  list(folder: string): Promise<ReadonlyArray<readonly [name: string, note: ConnectorNote]>>;
}
