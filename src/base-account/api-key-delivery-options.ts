/** One call of the service's API. */
export interface ApiOperation {
  /** `POST`, `PUT`, `PATCH` or `DELETE`. */
  readonly method: string;

  /**
   * Path on the API server, beginning with `/`, with a query where needed; no host, no `..`, no fragment.
   *
   * `{id}` is filled with the ID that the service's read gives; not allowed in a `create`.
   */
  readonly path: string;
}

/** What the service calls the fields of a base account: letters, digits and `_`, each name once. */
export interface ApiFieldNames {
  /**
   * The title.
   *
   * @default 'name'
   */
  readonly name?: string;

  /**
   * The ID of the base account.
   *
   * @default 'awsAccountId'
   */
  readonly awsAccountId?: string;

  /**
   * The account type.
   *
   * @default 'accountType'
   */
  readonly accountType?: string;

  /**
   * The access key ID.
   *
   * @default 'accessKeyId'
   */
  readonly accessKeyId?: string;

  /**
   * The secret access key.
   *
   * @default 'secretKey'
   */
  readonly secretAccessKey?: string;

  /**
   * The option Use in AssetView.
   *
   * @default 'useInAssetView'
   */
  readonly useInAssetView?: string;
}

/** What the service calls its account types: letters, digits, `_ . -` and spaces, each name once. */
export interface ApiAccountTypeNames {
  /**
   * Commercial regions, which the vendor's console calls Global.
   *
   * @default 'Global'
   */
  readonly commercial?: string;

  /**
   * US GovCloud.
   *
   * @default 'Gov'
   */
  readonly usGovcloud?: string;

  /**
   * China.
   *
   * @default 'China'
   */
  readonly china?: string;
}

/** How the service's API is called. The defaults are inferred from its other APIs: the vendor documents no write. */
export interface ApiKeyDeliveryOptions {
  /**
   * The call that creates the base account.
   *
   * @default - `POST /qps/rest/3.0/create/am/awsbaseaccount` (inferred)
   */
  readonly create?: ApiOperation;

  /**
   * The call that changes it.
   *
   * @default - `POST /qps/rest/3.0/update/am/awsbaseaccount/{id}` (inferred)
   */
  readonly update?: ApiOperation;

  /**
   * The call that deletes it.
   *
   * @default - `POST /qps/rest/3.0/delete/am/awsbaseaccount/{id}` (inferred)
   */
  readonly remove?: ApiOperation;

  /**
   * Name of the object in a request's `ServiceRequest.data`: letters, digits and `_`.
   *
   * @default 'AwsBaseAccount'
   */
  readonly objectName?: string;

  /**
   * Names of the object's fields.
   *
   * @default - `name`, `awsAccountId`, `accountType`, `accessKeyId`, `secretKey`, `useInAssetView` (inferred)
   */
  readonly fieldNames?: ApiFieldNames;

  /**
   * Names of the account types.
   *
   * @default - `Global`, `Gov`, `China` (inferred)
   */
  readonly accountTypeNames?: ApiAccountTypeNames;
}
