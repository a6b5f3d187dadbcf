import * as z from 'zod/mini';
import { ACCOUNT_TYPES, AccountType } from '../account-type';
import { BaseAccountChanges, BaseAccounts } from '../base-accounts';
import { Noun, QpsRequest } from './qps';
import { awsAccountId, flag, parseOrRefuse, ServiceError } from '../service-error';

/** One object carries all account types, so the subscription has one ID (inferred). */
const OBJECT_ID = 2_410_117;
/** The wrapper's name follows the family's convention (inferred). */
const OBJECT_NAME = 'AwsBaseAccount';

const fields = {
  name: z.string(),
  awsAccountId,
  accountType: z.enum(ACCOUNT_TYPES),
  accessKeyId: z.string(),
  secretKey: z.string(),
  useInAssetView: z.optional(flag),
};
const creation = z.strictObject({ [OBJECT_NAME]: z.strictObject(fields) });
const edit = z.strictObject({ [OBJECT_NAME]: z.extend(z.partial(z.strictObject(fields)), { accountType: fields.accountType }) });
const deletion = z.strictObject({ [OBJECT_NAME]: z.object({ accountType: fields.accountType }) });

/** What the vendor documents: IDs and whose they are; never a name or a key. */
export function baseAccountFields(accounts: BaseAccounts): Record<string, string> {
  return {
    globalAccountId: accounts.servingAccountId('Global'),
    // Empty where there is no entry: the vendor has no account of its own there.
    chinaAccountId: accounts.servingAccountId('China'),
    govAccountId: accounts.servingAccountId('Gov'),
    customerGlobalAccount: String(accounts.has('Global')),
    customerChinaAccount: String(accounts.has('China')),
    customerGovAccount: String(accounts.has('Gov')),
  };
}

/** The noun `awsbaseaccount`: two reads that are documented, three writes that are inferred and can be switched off. */
export function baseAccountNoun(accounts: BaseAccounts, hasWriteApi: () => boolean): Noun {
  const read = () => ({
    objectName: OBJECT_NAME,
    objects: [{ ...(hasWriteApi() && { id: OBJECT_ID }), ...baseAccountFields(accounts) }],
  });
  const idOnly = { objectName: OBJECT_NAME, objects: [{ id: OBJECT_ID }] };
  return {
    search: { method: 'POST', answer: read },
    get: {
      method: 'GET',
      answer: (request) => {
        requireObject(request);
        return read();
      },
    },
    create: {
      method: 'POST',
      exists: hasWriteApi,
      answer: ({ data }) => {
        const { name: title, secretKey: secretAccessKey, ...rest } = parseOrRefuse(creation, data)[OBJECT_NAME];
        accounts.create({ title, secretAccessKey, ...rest });
        return idOnly;
      },
    },
    update: {
      method: 'POST',
      exists: hasWriteApi,
      answer: (request) => {
        requireObject(request);
        const { accountType, name: title, secretKey: secretAccessKey, ...rest } = parseOrRefuse(edit, request.data)[OBJECT_NAME];
        const changes: BaseAccountChanges = { title, secretAccessKey, ...rest };
        if (Object.values(changes).every((value) => value === undefined)) throw new ServiceError('INVALID_REQUEST', 'nothing to update');
        accounts.edit(accountType, changes);
        return idOnly;
      },
    },
    delete: {
      method: 'POST',
      exists: hasWriteApi,
      answer: (request) => {
        accounts.delete(request.id === undefined ? parseOrRefuse(deletion, request.data)[OBJECT_NAME].accountType : onlyType(request));
        return idOnly;
      },
    },
  };

  /** By the ID alone: documented nouns take no data with it. It is not known what the service does where the one object stands for several accounts. */
  function onlyType(request: QpsRequest): AccountType {
    requireObject(request);
    if (request.data !== undefined) throw new ServiceError('INVALID_REQUEST', 'a delete by ID takes no data');
    const [type, ...more] = ACCOUNT_TYPES.filter((one) => accounts.has(one));
    if (type === undefined) throw new ServiceError('OBJECT_NOT_FOUND', 'there is no such AwsBaseAccount');
    if (more.length > 0) throw new ServiceError('INVALID_REQUEST', 'the ID stands for several accounts');
    return type;
  }
}

function requireObject({ id }: QpsRequest): void {
  if (id === undefined) throw new ServiceError('INVALID_REQUEST', 'the path has no ID');
  if (id !== OBJECT_ID) throw new ServiceError('OBJECT_NOT_FOUND', 'there is no such AwsBaseAccount');
}
