import { Token } from 'aws-cdk-lib';
import { WRITE_API_PRESET } from './write-api-preset';
import { checkText, shown } from '../../../private/checks';
import { ApiOperationProperties, HTTP_METHODS, WriteApiProperties } from '../../../wire/base-account';
import type { ApiKeyDeliveryOptions, ApiOperation } from '../../api-key-delivery-options';

/** Segments without `..`, then a query; `{id}` may stand in both. No `//`, which would name another host. */
const PATH = /^(\/(?!\.{1,2}(\/|\?|$))([\w.~-]|%[0-9A-Fa-f]{2}|\{id\})+)+\/?(\?([\w.~=&-]|%[0-9A-Fa-f]{2}|\{id\})+)?$/;

const IDENTIFIER = { max: 128, pattern: /^[A-Za-z]\w*$/, allowed: 'letters, digits and _, and begin with a letter' };
const ACCOUNT_TYPE_NAME = { max: 128, pattern: /^\w([\w .-]*\w)?$/, allowed: 'letters, digits, _ . - and inner spaces' };

/** The complete API: the preset with the given changes. The template has all of it, so a reviewer sees it. */
export function resolveWriteApi(options: ApiKeyDeliveryOptions): WriteApiProperties {
  const { fieldNames = {}, accountTypeNames = {} } = options;
  const preset = WRITE_API_PRESET;
  const api = {
    Create: operation('create', options.create) ?? preset.Create,
    Update: operation('update', options.update) ?? preset.Update,
    Delete: operation('remove', options.remove) ?? preset.Delete,
    ObjectName: options.objectName ?? preset.ObjectName,
    FieldNames: {
      Name: fieldNames.name ?? preset.FieldNames.Name,
      AwsAccountId: fieldNames.awsAccountId ?? preset.FieldNames.AwsAccountId,
      AccountType: fieldNames.accountType ?? preset.FieldNames.AccountType,
      AccessKeyId: fieldNames.accessKeyId ?? preset.FieldNames.AccessKeyId,
      SecretAccessKey: fieldNames.secretAccessKey ?? preset.FieldNames.SecretAccessKey,
      UseInAssetView: fieldNames.useInAssetView ?? preset.FieldNames.UseInAssetView,
    },
    AccountTypeNames: {
      GLOBAL: accountTypeNames.commercial ?? preset.AccountTypeNames.GLOBAL,
      US_GOVCLOUD: accountTypeNames.usGovcloud ?? preset.AccountTypeNames.US_GOVCLOUD,
      CHINA: accountTypeNames.china ?? preset.AccountTypeNames.CHINA,
    },
  } satisfies WriteApiProperties;
  checkText('objectName', api.ObjectName, IDENTIFIER);
  Object.entries(api.FieldNames).forEach(([key, name]) => { checkText(`fieldNames.${camel(key)}`, name, IDENTIFIER); });
  Object.entries(api.AccountTypeNames).forEach(([key, name]) => { checkText(`accountTypeNames (${key})`, name, ACCOUNT_TYPE_NAME); });
  checkDistinct('fieldNames', Object.values(api.FieldNames));
  checkDistinct('accountTypeNames', Object.values(api.AccountTypeNames));
  return api;
}

function operation(name: string, given?: ApiOperation): ApiOperationProperties | undefined {
  if (given === undefined) return undefined;
  const { method, path } = given;
  if (!Token.isUnresolved(method) && !HTTP_METHODS.includes(method)) {
    throw new Error(`${name}.method must be one of ${HTTP_METHODS.join(', ')}, `
      + `got ${shown(method)}`);
  }
  checkPath(`${name}.path`, path);
  if (name === 'create' && path.includes('{id}')) {
    throw new Error('create.path must not hold {id}: there is no ID before the base account is created, '
      + `got ${shown(path)}`);
  }
  return { Method: method, Path: path };
}

function checkPath(name: string, path: string): void {
  if (!Token.isUnresolved(path) && !PATH.test(path)) {
    throw new Error(`${name} must be a path on the API server that begins with '/', without host, '..', '//' and fragment, `
      + `with {id} where the ID goes, as in '/qps/rest/3.0/update/am/awsbaseaccount/{id}', got ${shown(path)}`);
  }
}

/** Two fields of one name would overwrite each other, two account types of one name could not be told apart. */
function checkDistinct(name: string, values: string[]): void {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) {
    throw new Error(`${name} must differ from each other, `
      + `got ${shown(twice)} twice (names that were not given come from the preset)`);
  }
}

function camel(key: string): string {
  return key.charAt(0).toLowerCase() + key.slice(1);
}
