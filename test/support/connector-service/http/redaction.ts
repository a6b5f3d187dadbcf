/** Fields whose values may stand in the request log. Of any other field only the name is kept. */
const SHOWN = new Set([
  'name', 'title', 'description', 'awsAccountId', 'accountType', 'accessKeyId', 'useInAssetView', 'arn', 'externalId', 'allRegions', 'disabled',
  'runFrequency', 'isRemediationEnabled', 'isGovCloudConfigured', 'isCPSEnabled', 'ActivationModule', 'identifier', 'regionCode', 'id',
  'field', 'operator', 'value', 'limitResults', 'startFromId', 'startFromOffset',
  'isChinaRegion', 'isGovCloud', 'isPortalConnector', 'remediationEnabled', 'hours', 'minutes',
  'username', 'pageNo', 'pageSize', 'filter', 'sort',
]);
const SECRET = /secret|password|token|credential|key/i;
const HIDDEN = '***';
/** Shorter ones would blot out half the log. */
const SHORTEST_SECRET = 6;
const SHOWN_HEADERS = ['accept', 'content-type', 'user-agent', 'x-requested-with'];

/** Keeps secrets out of the request log: by the field that they stand in, and by value wherever a known one turns up. */
export class Redaction {
  readonly #secrets = new Set<string>();

  public add(secret: string): void {
    if (secret.length >= SHORTEST_SECRET) this.#secrets.add(secret);
  }

  public text(value: string): string {
    let text = value;
    for (const secret of this.#secrets) text = text.replaceAll(secret, HIDDEN).replaceAll(encodeURIComponent(secret), HIDDEN);
    return text;
  }

  /** Every text in a value. */
  public all<T>(value: T): T {
    if (typeof value === 'string') return this.text(value) as T;
    if (Array.isArray(value)) return value.map((item) => this.all<unknown>(item)) as T;
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, this.all<unknown>(inner)])) as T;
  }

  public body(body: string, contentType: string | undefined): unknown {
    if (body === '') return undefined;
    if (contentType?.startsWith('application/x-www-form-urlencoded')) return this.#fields(Object.fromEntries(new URLSearchParams(body)));
    try {
      const content: unknown = JSON.parse(body);
      // A bare array of IDs is how CloudView names connectors.
      return Array.isArray(content) ? this.#value('id', content) : this.#value('', content);
    } catch {
      return `(${Buffer.byteLength(body)} bytes that are not JSON)`;
    }
  }

  public query(query: URLSearchParams): string {
    const shown = Object.entries(this.#fields(Object.fromEntries(query))).map(([name, value]) => `${name}=${String(value)}`);
    return shown.length > 0 ? `?${shown.join('&')}` : '';
  }

  public headers(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
    const shown: Record<string, string> = {};
    for (const name of SHOWN_HEADERS) if (headers[name] !== undefined) shown[name] = this.text(String(headers[name]));

    const scheme = /^(Basic|Bearer) /.exec(String(headers.authorization ?? ''))?.[1];
    if (headers.authorization !== undefined) shown.authorization = scheme ? `${scheme} ${HIDDEN}` : HIDDEN;
    return shown;
  }

  #fields(content: object): Record<string, unknown> {
    return Object.fromEntries(Object.entries(content).map(([name, value]) => [this.text(name), this.#value(name, value)]));
  }

  #value(field: string, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#value(field, item));
    if (typeof value === 'object' && value !== null) return this.#fields(value);
    if (SHOWN.has(field)) return typeof value === 'string' ? this.text(value) : value;
    // It may stand elsewhere too, also when the service refuses the request.
    if (SECRET.test(field) && typeof value === 'string') this.add(value);
    return HIDDEN;
  }
}
