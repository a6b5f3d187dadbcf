import { ServiceAnswer } from './http/errors';
import type { AccountTypeName } from '../../src/wire/account-types';
import type { WriteApiProperties } from '../../src/wire/base-account';
import { DeployError } from '../runtime/errors';

/** What the service shows of the base account of one account type. Its key is never shown. */
export interface BaseAccountEntry {
  /** ID of the object at the service, when it gives one. */
  readonly id?: string;
  /** Account ID of the customer's base account, or of Qualys if there is none. */
  readonly accountId?: string;
  /** Whether it is the customer's own base account, and not that of Qualys. */
  readonly isCustomers: boolean;
  /** Whether the subscription has base accounts of the customer for other account types too: one object stands for all of them. */
  readonly hasOthers?: boolean;
}

export interface EntryFields {
  readonly title: string;
  readonly awsAccountId: string;
  readonly accountType: AccountTypeName;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Sent only if it is set. */
  readonly useInAssetView?: boolean;
}

/** The base accounts of one subscription. The reads are documented; the writes are data, since none is published. */
export interface BaseAccountApi {
  read(accountType: AccountTypeName): Promise<BaseAccountEntry>;
  /** Asks with a request that carries no key material. */
  hasWriteApi(write: WriteApiProperties): Promise<boolean>;
  /** Never sent again when the first call may have taken effect: read, then decide. */
  create(write: WriteApiProperties, fields: EntryFields): Promise<void>;
  update(write: WriteApiProperties, id: string | undefined, fields: EntryFields): Promise<void>;
  /** Succeeds when the entry is gone already. */
  remove(write: WriteApiProperties, id: string | undefined, accountType: AccountTypeName): Promise<void>;
}

/** The subscription has no API to write base accounts with. */
export class NoWriteApi extends DeployError {
  public override readonly name = 'NoWriteApi';
  /** Status and code of the answer that says so. */
  public readonly code?: string;

  public constructor(public readonly answer: ServiceAnswer, method: string, path: string) {
    const said = [`HTTP ${answer.status}`, ...(answer.code === undefined ? [] : [answer.code])].join(', ');
    super(`this subscription has no API for base accounts at ${method} ${path} (${said}). Use KeyDelivery.console(), with which a person pastes the key, `
      + 'or correct the method and path with KeyDelivery.api');
    this.code = answer.code;
  }
}

/** Codes for an API that does not exist. Only the first was seen; the others are inferred. */
const UNKNOWN_API = ['INVALID_API_VERSION', 'INVALID_URL', 'UNSUPPORTED_URL', 'UNSUPPORTED_API', 'UNSUPPORTED_OPERATION', 'NOT_SUPPORTED', 'METHOD_NOT_ALLOWED'];

/** The service does not know the noun or the verb. `OBJECT_NOT_FOUND` is about an object: the API is there. */
export function isUnknownApi(error: unknown): error is ServiceAnswer {
  if (!(error instanceof ServiceAnswer) || error.code === 'OBJECT_NOT_FOUND') return false;
  return [404, 405, 501].includes(error.status) || (error.code !== undefined && UNKNOWN_API.includes(error.code));
}
