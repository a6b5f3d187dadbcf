import type { WriteApiProperties } from '../../../wire/base-account';

/**
 * The inferred calls that write a base account: the vendor documents reads of `awsbaseaccount` and no write. Verbs and paths follow the
 * other objects of the Connectors API 3.0 (`<verb>/am/<object>[/<id>]`, all POST). The names of the key's fields follow its AWS
 * authentication record, and the account types the `awsCloudType` of its template download.
 */
export const WRITE_API_PRESET = {
  Create: { Method: 'POST', Path: '/qps/rest/3.0/create/am/awsbaseaccount' },
  Update: { Method: 'POST', Path: '/qps/rest/3.0/update/am/awsbaseaccount/{id}' },
  Delete: { Method: 'POST', Path: '/qps/rest/3.0/delete/am/awsbaseaccount/{id}' },
  ObjectName: 'AwsBaseAccount',
  FieldNames: {
    Name: 'name',
    AwsAccountId: 'awsAccountId',
    AccountType: 'accountType',
    AccessKeyId: 'accessKeyId',
    SecretAccessKey: 'secretKey',
    UseInAssetView: 'useInAssetView',
  },
  AccountTypeNames: { GLOBAL: 'Global', US_GOVCLOUD: 'Gov', CHINA: 'China' },
} satisfies WriteApiProperties;
