import { randomBytes } from 'node:crypto';
import { Clock, Incoming } from './exchange';
import { Redaction } from './redaction';

const TOKEN_LIFETIME = 4 * 3_600_000;

export interface Logins {
  readonly username: string;
  readonly password: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
}

/** Who may call: one user, one OIDC client, and the tokens that they were given. */
export class Auth {
  readonly #logins: Logins;
  readonly #basic: string;
  readonly #tokens = new Map<string, number>();

  public constructor(logins: Logins, private readonly clock: Clock, private readonly redaction: Redaction) {
    const { username, password, clientId, clientSecret } = logins;
    this.#logins = { username, password, clientId, clientSecret };
    this.#basic = Buffer.from(`${logins.username}:${logins.password}`).toString('base64');
    for (const secret of [this.#basic, logins.password, logins.clientSecret ?? '']) redaction.add(secret);
  }

  /** Each host takes its own scheme. That the API server takes a token too is inferred. */
  public accepts({ host, headers }: Incoming): boolean {
    const [scheme, value = ''] = (headers.authorization ?? '').split(' ');
    if (scheme === 'Basic' && host !== 'gateway') return value === this.#basic;
    if (scheme === 'Bearer' && host !== 'platformUrl') return (this.#tokens.get(value) ?? 0) > this.clock.now();
    return false;
  }

  public tokenForPassword(form: URLSearchParams): string | undefined {
    const right = form.get('username') === this.#logins.username && form.get('password') === this.#logins.password;
    return right ? this.#issue(this.#logins.username) : undefined;
  }

  public tokenForClient(headers: Incoming['headers']): string | undefined {
    const { clientId, clientSecret } = this.#logins;
    const right = clientId !== undefined && clientSecret !== undefined && headers.clientid === clientId && headers.clientsecret === clientSecret;
    return right ? this.#issue(clientId) : undefined;
  }

  /** Every token is void at once, before its time. */
  public revokeTokens(): void {
    this.#tokens.clear();
  }

  #issue(subject: string): string {
    const expiresAt = this.clock.now() + TOKEN_LIFETIME;
    const part = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64url');
    const token = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ sub: subject, exp: Math.floor(expiresAt / 1000) })}.${randomBytes(64).toString('base64url')}`;
    this.#tokens.set(token, expiresAt);
    this.redaction.add(token);
    return token;
  }
}
