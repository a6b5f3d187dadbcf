import { Credentials, parseCredentials } from './credentials';
import { ServiceProperties } from '../../../src/wire/common';
import { DeployError } from '../../runtime/errors';
import { call, ClientWorld, Judge } from '../http/client';
import { NoUsableAnswer, ServiceAnswer } from '../http/errors';
import { badAnswer, isSuccess } from '../http/judge';
import { serviceOrigin } from '../http/origin';

/** The host of a request. Each kind of host takes another form of authentication. */
export type Host = 'api-server' | 'gateway' | 'platform';

/** Makes `Authorization` headers. It reads the credentials when they are first needed, and keeps one token at a time. */
export class Authentication {
  private credentials?: Promise<Credentials>;
  private token?: string;

  public constructor(
    private readonly service: ServiceProperties,
    private readonly readSecret: () => Promise<string>,
    private readonly world: ClientWorld,
  ) {}

  /** Calls with the header, and once more with a new token if the service refuses the kept one. */
  public async signedIn<T>(host: Host, request: (authorization: string) => Promise<T>): Promise<T> {
    const credentials = await this.read();
    if (credentials.kind === 'BASIC' && host !== 'gateway') return request(basicHeader(credentials));
    this.token ??= await this.signIn(credentials);
    try {
      return await request(`Bearer ${this.token}`);
    } catch (error) {
      if (!(error instanceof ServiceAnswer && error.isBadToken)) throw error;
      this.token = await this.signIn(credentials);
      return request(`Bearer ${this.token}`);
    }
  }

  private async read(): Promise<Credentials> {
    this.credentials ??= this.readSecret().then((value) => parseCredentials(value, this.service, this.world.redactor));
    return this.credentials;
  }

  /** The gateway returns a token that is valid for four hours. That the API server takes it too is inferred. */
  private async signIn(credentials: Credentials): Promise<string> {
    if (this.service.Gateway === undefined) throw new DeployError('the platform has no gateway to sign in at: give its URL to QualysPlatform.custom');
    const origin = serviceOrigin('Gateway', this.service.Gateway);
    const common = { origin, method: 'POST', repeatable: true, carriesSecret: true };
    if (credentials.kind === 'OIDC_CLIENT') {
      const { clientId, clientSecret } = credentials;
      const headers = { Accept: '*/*', clientId, clientSecret };
      return call({ ...common, operation: 'sign in with an OIDC client', path: '/auth/oidc', headers }, judgeToken, this.world);
    }
    const { username, password } = credentials;
    const headers = { 'Accept': '*/*', 'Content-Type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams({ username, password, token: 'true' }).toString();
    return call({ ...common, operation: 'sign in', path: '/auth', headers, body }, judgeToken, this.world);
  }
}

function basicHeader({ username, password }: { readonly username: string; readonly password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
}

/** The body is the token itself. A page for people has spaces and angle brackets. */
const judgeToken: Judge<string> = (operation, answer, world) => {
  if (!isSuccess(answer)) throw badAnswer(operation, answer, {}, world);
  const token = answer.text.trim();
  if (!/^[A-Za-z0-9._~+/=-]{8,8192}$/.test(token)) throw new NoUsableAnswer(operation, 'not-understood', 'no token');
  world.redactor.protect(token);
  return token;
};
