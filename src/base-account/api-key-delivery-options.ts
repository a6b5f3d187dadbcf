/** A call of the service's API. */
export interface ApiOperation {
  /** `POST`, `PUT`, `PATCH` or `DELETE`. */
  readonly method: string;

  /**
   * Path on the API server. It begins with `/` and may have a query, but no host, no `..` and no fragment.
   *
   * `{id}` stands for the ID that the service's read returns. It is not allowed in `create`.
   */
  readonly path: string;
}

/** The names that the service gives to the fields of a base account: letters, digits and `_`, each name once. */
export interface ApiFieldNames {
  /**
   * The field for the title.
   *
   * @default 'name'
   */
  readonly name?: string;

  /**
   * The field for the account ID of the base account.
   *
   * @default 'awsAccountId'
   */
  readonly awsAccountId?: string;

  /**
   * The field for the account type.
   *
   * @default 'accountType'
   */
  readonly accountType?: string;

  /**
   * The field for the access key ID.
   *
   * @default 'accessKeyId'
   */
  readonly accessKeyId?: string;

  /**
   * The field for the secret access key.
   *
   * @default 'secretKey'
   */
  readonly secretAccessKey?: string;

  /**
   * The field for the option "Use in AssetView".
   *
   * @default 'useInAssetView'
   */
  readonly useInAssetView?: string;
}

/**
 * The names that the service gives to its account types.
 *
 * Each name has letters, digits, `_ . -` and spaces, and occurs once.
 */
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

/** The calls of the service's API. The defaults are inferred from its other APIs, because the vendor documents no write. */
export interface ApiKeyDeliveryOptions {
  /**
   * The call that creates the base account.
   *
   * @default - `POST /qps/rest/3.0/create/am/awsbaseaccount` (inferred)
   */
  readonly create?: ApiOperation;

  /**
   * The call that changes the base account.
   *
   * @default - `POST /qps/rest/3.0/update/am/awsbaseaccount/{id}` (inferred)
   */
  readonly update?: ApiOperation;

  /**
   * The call that deletes the base account.
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
   * Names of the account types in a request.
   *
   * @default - `Global`, `Gov`, `China` (inferred)
   */
  readonly accountTypeNames?: ApiAccountTypeNames;
}
