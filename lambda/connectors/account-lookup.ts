import { parseLookupProperties } from './properties';
import { ConnectorWorld, reach } from './request/open-request';
import { checkService } from './request/services';
import { LABELS } from '../../src/wire/account-types';
import { ACCOUNT_LOOKUP_ATTRIBUTES, AccountLookupProperties } from '../../src/wire/connector';
import { DeployError } from '../runtime/errors';
import { Attributes, CustomResource, ResourceRequest } from '../runtime/resource';
import { BaseAccountEntry, isUnknownApi } from '../service/base-account-api';
import { serviceHost } from '../service/http/origin';
import { ServiceApi } from '../service/service';

/** `Custom::QualysAccountLookup`: the AWS account of Qualys that the service calls from. It changes nothing. */
export function accountLookup(world: ConnectorWorld): CustomResource<AccountLookupProperties> {
  const answer = async (request: ResourceRequest<AccountLookupProperties>): Promise<Attributes> => {
    const { properties } = request;
    checkService(properties.Service, world.env);
    const { service } = reach(world, properties.Service, request);
    return { [ACCOUNT_LOOKUP_ATTRIBUTES.accountId]: await lookUp(service, properties) };
  };
  return {
    parse: parseLookupProperties,
    physicalId: ({ Service, AccountType }) => `qualys-account-lookup:${serviceHost(Service)}:${AccountType}`,
    create: answer,
    update: answer,
    delete: async () => {},
  };
}

/** Tries the read of base accounts, then the older read, then a connector, until one shows the account. */
async function lookUp(service: ServiceApi, { AccountType, Service }: AccountLookupProperties): Promise<string> {
  const what = `the account that ${serviceHost(Service)} calls from for account type ${LABELS[AccountType]}`;
  const shown = await known(() => service.read(AccountType));
  const entry = shown?.accountId === undefined ? await known(() => service.readFromCloudView(AccountType)) ?? shown : shown;
  if (entry?.isCustomers) {
    throw new DeployError(`${what} is a base account of your own (${entry.accountId}), so the service does not show which one is that of Qualys. `
      + 'Give accountId explicitly; the console shows it when a connector is made without a base account');
  }
  const accountId = entry?.accountId ?? await service.connectors.servingAccount(AccountType);
  if (accountId !== undefined) return accountId;
  throw new DeployError(`the service does not show ${what}: neither its read of base accounts nor any connector has it. Give accountId explicitly`);
}

/** Undefined when the subscription does not have this read. */
async function known(read: () => Promise<BaseAccountEntry | undefined>): Promise<BaseAccountEntry | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isUnknownApi(error)) return undefined;
    throw error;
  }
}
