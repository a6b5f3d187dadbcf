import type { WriteApiProperties } from '../../../wire/base-account';

/**
 * How the service would take a base account. **Inferred**: the vendor publishes reads of `awsbaseaccount` and no write.
 * Verbs and paths follow the other objects of the Connectors API 3.0 (`<verb>/am/<object>[/<id>]`, all POST), the names
 * of the key's fields its AWS authentication record, the account types the `awsCloudType` of its template download.
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
