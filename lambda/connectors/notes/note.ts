import * as z from 'zod/mini';
import { Origin } from './mark';
import type { AccountTypeName } from '../../../src/wire/account-types';
import { DeployError } from '../../runtime/errors';
import { Owner } from '../../runtime/owner';
import { Agree } from '../../runtime/properties';
import { accountType } from '../../service/properties';

/**
 * What this library knows of a connector of its own. It is in Parameter Store and not at the service, where anybody who may edit a
 * connector can change its description.
 */
export interface ConnectorNote {
  readonly owner: Owner;
  readonly origin: Origin;
  /** Token of the request that makes the connector or took it over. The mark of a connector that it makes has the same token. */
  readonly token: string;
  /** Absent while the connector is being made; it may exist already. */
  readonly connectorId?: string;
  readonly accountType: AccountTypeName;
  readonly roleArn: string;
  /** `false` when it was made while its base account waited for a person, and was therefore not run yet. */
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
  /** Succeeds when the note is gone already. */
  remove(name: string): Promise<void>;
  /** All notes below a folder. */
  list(folder: string): Promise<ReadonlyArray<readonly [name: string, note: ConnectorNote]>>;
}
