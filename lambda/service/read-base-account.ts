import * as z from 'zod/mini';
import { BaseAccountEntry, isUnknownApi } from './base-account-api';
import { CloudViewHosts } from './cloudview/hosts';
import { judgeCloudView } from './cloudview/judge';
import { call, ClientWorld } from './http/client';
import { accountId, ifUnderstood, objectId, stringBoolean } from './http/decode';
import { NoUsableAnswer } from './http/errors';
import { understood } from './http/judge';
import { serviceOrigin } from './http/origin';
import { content, judgeQps, qpsRequest } from './qps/envelope';
import { Authentication } from './sign-in/authentication';
import type { AccountTypeName } from '../../src/wire/account-types';
import type { ServiceProperties } from '../../src/wire/common';

/** Both reads name an account and a flag for each account type. */
const FIELDS: Readonly<Record<AccountTypeName, { readonly account: string; readonly flag: string }>> = {
  GLOBAL: { account: 'globalAccountId', flag: 'customerGlobalAccount' },
  US_GOVCLOUD: { account: 'govAccountId', flag: 'customerGovAccount' },
  CHINA: { account: 'chinaAccountId', flag: 'customerChinaAccount' },
};

const SEARCH = 'search awsbaseaccount';
const CLOUDVIEW = 'get awsBaseAccountId';

export class BaseAccountReader {
  public constructor(
    private readonly service: ServiceProperties,
    private readonly authentication: Authentication,
    private readonly cloudView: CloudViewHosts,
    private readonly world: ClientWorld,
  ) {}

  /** The search of the Connectors API 3.0; the older read of CloudView where the subscription does not have it. */
  public async read(accountType: AccountTypeName): Promise<BaseAccountEntry> {
    try {
      return await this.search(accountType);
    } catch (error) {
      if (!isUnknownApi(error) || !this.cloudView.exist) throw error;
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

  /** The older read, of CloudView. */
  public async readCloudView(accountType: AccountTypeName): Promise<BaseAccountEntry> {
    const path = '/cloudview-api/rest/v1/aws/connectors/awsBaseAccountId';
    return entryOf(CLOUDVIEW, accountType, await this.cloudView.call({ operation: CLOUDVIEW, method: 'GET', path, repeatable: true }, judgeCloudView));
  }
}

/** Without an entry of the customer, the account field may have no account ID: Qualys has no account in China. */
function entryOf(operation: string, accountType: AccountTypeName, object: unknown): BaseAccountEntry {
  const { account, flag } = FIELDS[accountType];
  const others = Object.values(FIELDS).map((fields) => fields.flag).filter((other) => other !== flag);
  const ofOthers = Object.fromEntries(others.map((other) => [other, ifUnderstood(stringBoolean)]));
  const schema = z.object({ ...ofOthers, [account]: ifUnderstood(accountId), [flag]: stringBoolean, id: z.optional(objectId) });
  const read = understood(operation, schema, object) as Readonly<Record<string, unknown>>;
  const entry: BaseAccountEntry = {
    id: read.id as string | undefined,
    accountId: read[account] as string | undefined,
    isCustomers: read[flag] as boolean,
    ...others.some((other) => read[other] === true) && { hasOthers: true },
  };
  if (entry.isCustomers && entry.accountId === undefined) throw new NoUsableAnswer(operation, 'not-understood', `field '${account}'`);
  return entry;
}
