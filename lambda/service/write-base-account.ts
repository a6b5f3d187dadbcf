import { EntryFields, isUnknownApi, NoWriteApi } from './base-account-api';
import { call, ClientWorld } from './http/client';
import { NoUsableAnswer, ServiceAnswer } from './http/errors';
import { serviceOrigin } from './http/origin';
import { judgeWrite } from './judge-write';
import { qpsRequest } from './qps/envelope';
import { Authentication } from './sign-in/authentication';
import type { AccountTypeName } from '../../src/wire/account-types';
import { ApiOperationProperties, HTTP_METHODS, WriteApiProperties } from '../../src/wire/base-account';
import type { ServiceProperties } from '../../src/wire/common';
import { DeployError } from '../runtime/errors';

/** Writes with the given verbs, paths and names. That any subscription takes them is inferred. */
export class BaseAccountWriter {
  public constructor(
    private readonly service: ServiceProperties,
    private readonly authentication: Authentication,
    private readonly world: ClientWorld,
  ) {}

  /** The API refuses an empty entry, so no key has to be sent to find out whether the API exists. */
  public async hasWriteApi(write: WriteApiProperties): Promise<boolean> {
    const operation = 'look for a write API of base accounts';
    try {
      await this.send(operation, write.Create, undefined, write, {}, true);
    } catch (error) {
      if (isUnknownApi(error)) return false;
      if (isRefusal(error)) return true;
      throw error;
    }
    throw new NoUsableAnswer(operation, 'not-understood', 'success for an entry without any field');
  }

  public async create(write: WriteApiProperties, fields: EntryFields): Promise<void> {
    await this.write('create base account', write.Create, undefined, write, this.fieldsOf(write, fields), false);
  }

  public async update(write: WriteApiProperties, id: string | undefined, fields: EntryFields): Promise<void> {
    await this.write('update base account', write.Update, id, write, this.fieldsOf(write, fields), true);
  }

  public async remove(write: WriteApiProperties, id: string | undefined, accountType: AccountTypeName): Promise<void> {
    const object = { [write.FieldNames.AccountType]: write.AccountTypeNames[accountType] };
    try {
      await this.write('delete base account', write.Delete, id, write, object, true);
    } catch (error) {
      if (!(error instanceof ServiceAnswer && error.code === 'OBJECT_NOT_FOUND')) throw error;
    }
  }

  private async write(
    operation: string, api: ApiOperationProperties, id: string | undefined, write: WriteApiProperties, object: object, repeatable: boolean,
  ): Promise<void> {
    try {
      await this.send(operation, api, id, write, object, repeatable);
    } catch (error) {
      throw isUnknownApi(error) ? new NoWriteApi(error, api.Method, api.Path) : error;
    }
  }

  private async send(
    operation: string, api: ApiOperationProperties, id: string | undefined, write: WriteApiProperties, object: object, repeatable: boolean,
  ): Promise<void> {
    const method = api.Method.toUpperCase();
    if (!HTTP_METHODS.includes(method)) {
      throw new DeployError(`the method to ${operation} must be one of ${HTTP_METHODS.join(', ')}, `
        + `got '${api.Method}'`);
    }
    const path = filled(operation, api.Path, id);
    const origin = serviceOrigin('ApiServer', this.service.ApiServer);
    // The path has the ID, and a strict service refuses unneeded fields.
    const isByIdAlone = api === write.Delete && api.Path.includes('{id}');
    const body = isByIdAlone ? undefined : qpsRequest({ data: { [write.ObjectName]: object } });
    await this.authentication.signedIn('api-server', (Authorization) => call({
      operation, origin, method, path, headers: { Authorization }, body, repeatable, carriesSecret: write.FieldNames.SecretAccessKey in object,
    }, judgeWrite(path), this.world));
  }

  private fieldsOf({ FieldNames, AccountTypeNames }: WriteApiProperties, fields: EntryFields): object {
    this.world.redactor.protect(fields.secretAccessKey);
    return {
      [FieldNames.Name]: fields.title,
      [FieldNames.AwsAccountId]: fields.awsAccountId,
      [FieldNames.AccountType]: AccountTypeNames[fields.accountType],
      [FieldNames.AccessKeyId]: fields.accessKeyId,
      [FieldNames.SecretAccessKey]: fields.secretAccessKey,
      ...(fields.useInAssetView === undefined ? {} : { [FieldNames.UseInAssetView]: fields.useInAssetView }),
    };
  }
}

function filled(operation: string, path: string, id: string | undefined): string {
  if (!path.includes('{id}')) return path;
  if (id !== undefined) return path.replaceAll('{id}', encodeURIComponent(id));
  throw new DeployError(`the path to ${operation}, '${path}', needs the ID of the entry, which the service does not show in its read: `
    + 'override it with KeyDelivery.api by a path without {id}');
}

/** The API exists, and refused the empty entry. */
function isRefusal(error: unknown): boolean {
  return error instanceof ServiceAnswer && (error.status === 400 || error.status === 422 || error.code === 'INVALID_REQUEST');
}
