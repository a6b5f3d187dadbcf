import * as z from 'zod/mini';
import { Authentication, Host } from './authentication';
import { BaseAccountEntry, isUnknownApi } from './base-account-api';
import { call, ClientWorld } from './client';
import { judgeCloudView } from './cloudview';
import { NoUsableAnswer, ServiceAnswer } from './errors';
import { understood } from './judge';
import { serviceOrigin } from './origin';
import { judgeQps, qpsRequest, QpsObject } from './qps';
import type { AccountTypeName, ServiceProperties } from '../../src/private/contract';

/** Both reads name an account and a flag for each account type. */
const FIELDS: Readonly<Record<AccountTypeName, { readonly account: string; readonly flag: string }>> = {
  GLOBAL: { account: 'globalAccountId', flag: 'customerGlobalAccount' },
  US_GOVCLOUD: { account: 'govAccountId', flag: 'customerGovAccount' },
  CHINA: { account: 'chinaAccountId', flag: 'customerChinaAccount' },
};

/** A number would have lost its leading zeros. */
const accountId = z.string().check(z.regex(/^\d{12}$/));
/** Booleans come as words more often than not. */
const stringBoolean = z.pipe(z.union([z.boolean(), z.enum(['true', 'false'])]), z.transform((value) => value === true || value === 'true'));
const objectId = z.pipe(z.union([z.string().check(z.minLength(1)), z.number().check(z.refine(Number.isSafeInteger))]), z.transform(String));

const SEARCH = 'search awsbaseaccount';
const CLOUDVIEW = 'get awsBaseAccountId';

export class BaseAccountReader {
  public constructor(
    private readonly service: ServiceProperties,
    private readonly authentication: Authentication,
    private readonly world: ClientWorld,
  ) {}

  /** The search of the Connectors API 3.0; the older read of CloudView where the subscription does not have it. */
  public async read(accountType: AccountTypeName): Promise<BaseAccountEntry> {
    try {
      return await this.search(accountType);
    } catch (error) {
      if (!isUnknownApi(error) || this.cloudViewHosts().length === 0) throw error;
    }
    return this.readCloudView(accountType);
  }

  private async search(accountType: AccountTypeName): Promise<BaseAccountEntry> {
    const origin = serviceOrigin('ApiServer', this.service.ApiServer);
    const body = qpsRequest({ preferences: { limitResults: 1 } });
    const objects = await this.authentication.signedIn('api-server', (Authorization) => call({
      operation: SEARCH, origin, method: 'POST', path: '/qps/rest/3.0/search/am/awsbaseaccount', headers: { Authorization }, body, repeatable: true,
    }, judgeQps, this.world));
    return objects.length === 0 ? { isCustomers: false } : entryOf(SEARCH, accountType, content(objects[0]));
  }

  /** Some subscriptions are served at the gateway, some at the platform URL: 401 and 404 mean to ask the other one. */
  private async readCloudView(accountType: AccountTypeName): Promise<BaseAccountEntry> {
    const [{ host, origin }, next] = this.cloudViewHosts();
    try {
      return await this.getCloudView(host, origin, accountType);
    } catch (error) {
      const elsewhere = error instanceof ServiceAnswer && (error.status === 401 || error.status === 404);
      if (!elsewhere || next === undefined) throw error;
      return this.getCloudView(next.host, next.origin, accountType);
    }
  }

  private cloudViewHosts(): Array<{ readonly host: Host; readonly origin: string }> {
    const { Gateway, PlatformUrl, Authentication: method } = this.service;
    return [
      ...(Gateway === undefined ? [] : [{ host: 'gateway' as const, origin: serviceOrigin('Gateway', Gateway) }]),
      // The platform URL takes a user name and password only.
      ...(PlatformUrl === undefined || method !== 'BASIC' ? [] : [{ host: 'platform' as const, origin: serviceOrigin('PlatformUrl', PlatformUrl) }]),
    ];
  }

  private async getCloudView(host: Host, origin: string, accountType: AccountTypeName): Promise<BaseAccountEntry> {
    const path = '/cloudview-api/rest/v1/aws/connectors/awsBaseAccountId';
    const object = await this.authentication.signedIn(host, (Authorization) => call({
      operation: CLOUDVIEW, origin, method: 'GET', path, headers: { Authorization }, repeatable: true,
    }, judgeCloudView, this.world));
    return entryOf(CLOUDVIEW, accountType, object);
  }
}

/** What the wrapper is called is not documented, so it is not looked at. */
function content(wrapped: QpsObject): unknown {
  const values = Object.values(wrapped);
  return values.length === 1 ? values[0] : wrapped;
}

function entryOf(operation: string, accountType: AccountTypeName, object: unknown): BaseAccountEntry {
  const { account, flag } = FIELDS[accountType];
  const schema = z.object({ [account]: z.optional(z.nullable(accountId)), [flag]: stringBoolean, id: z.optional(objectId) });
  const read = understood(operation, schema, object) as Readonly<Record<string, unknown>>;
  const entry: BaseAccountEntry = {
    id: read.id as string | undefined,
    accountId: (read[account] ?? undefined) as string | undefined,
    isCustomers: read[flag] as boolean,
  };
  if (entry.isCustomers && entry.accountId === undefined) throw new NoUsableAnswer(operation, 'not-understood', `field '${account}'`);
  return entry;
}
