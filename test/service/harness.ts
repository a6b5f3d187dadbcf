import { Redactor } from '../../lambda/runtime/redaction/redact';
import { Deadline } from '../../lambda/runtime/resource';
import { connect, ConnectOptions, ServiceApi } from '../../lambda/service/service';
import type { WriteApiProperties } from '../../src/wire/base-account';
import type { ServiceProperties } from '../../src/wire/common';
import { CertificateAuthority } from '../support/certificates';
import { fetchTrusting, json, Loopback, Reply, TrustingFetch } from '../support/loopback';
import { VirtualTime } from '../support/virtual-time';

export const USERNAME = 'acme_ab1';
export const PASSWORD = 'pa:ss/w+rd=CANARY é';
export const CLIENT = { clientId: 'client-0123456789', clientSecret: 'oidc-secret-CANARY' };
export const SECRET_KEY = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYCANARY';
export const SECRET_ARN = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:qualys/api-user-a1b2c3';
export const BASIC = `Basic ${Buffer.from(`${USERNAME}:${PASSWORD}`, 'utf8').toString('base64')}`;

export const WRITE: WriteApiProperties = {
  Create: { Method: 'POST', Path: '/qps/rest/3.0/create/am/awsbaseaccount' },
  Update: { Method: 'POST', Path: '/qps/rest/3.0/update/am/awsbaseaccount/{id}' },
  Delete: { Method: 'POST', Path: '/qps/rest/3.0/delete/am/awsbaseaccount/{id}' },
  ObjectName: 'AwsBaseAccount',
  FieldNames: {
    Name: 'name', AwsAccountId: 'awsAccountId', AccountType: 'accountType', AccessKeyId: 'accessKeyId', SecretAccessKey: 'secretKey', UseInAssetView: 'useInAssetView',
  },
  AccountTypeNames: { GLOBAL: 'Global', US_GOVCLOUD: 'Gov', CHINA: 'China' },
};

export const FIELDS = {
  title: 'Central & <"Security"> 😀', awsAccountId: '001122334455', accountType: 'GLOBAL', accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: SECRET_KEY,
} as const;

/** The envelope of an answer. */
export function envelope(responseCode: string, rest: object = {}): object {
  return { ServiceResponse: { responseCode, ...rest } };
}

export const SUCCESS: Reply = json(200, envelope('SUCCESS', { count: 1 }));

export function refusal(status: number, code: string, errorMessage?: string): Reply {
  return json(status, envelope(code, { responseErrorDetails: { errorMessage, errorResolution: 'see the guide' } }));
}

export interface Attempt {
  /** The client under test. */
  readonly api: ServiceApi;
  readonly clock: VirtualTime;
  readonly redactor: Redactor;
  readonly steps: string[];
}

/** The client under test, with two minutes of fake time. */
export function client(service: ServiceProperties, secret: object, options: Partial<ConnectOptions> & Pick<ConnectOptions, 'fetch'>): Attempt {
  const clock = new VirtualTime();
  const redactor = new Redactor();
  const steps: string[] = [];
  const end = clock.now() + 120_000;
  const deadline: Deadline = { signal: new AbortController().signal, remaining: () => Math.max(0, end - clock.now()) };
  const outbound: ConnectOptions['outbound'] = async (step, call) => {
    steps.push(step);
    return call();
  };
  const credentials = async () => JSON.stringify(secret);
  const api = connect({ service, credentials, clock, random: () => 0.5, env: {}, deadline, outbound, redactor, ...options });
  return { api, clock, redactor, steps };
}

/** One host that is all of the service: API server, gateway and platform URL. */
export class ServiceHarness {
  public static async start(): Promise<ServiceHarness> {
    const authority = await CertificateAuthority.create();
    const certificate = await authority.issue({ names: ['localhost'] });
    return new ServiceHarness(authority, await Loopback.start(certificate), fetchTrusting(authority.ca));
  }

  private constructor(public readonly authority: CertificateAuthority, public readonly server: Loopback, public readonly trusting: TrustingFetch) {}

  public client(replies: Reply[], changes: Partial<ServiceProperties> = {}, options: Partial<ConnectOptions> = {}): Attempt {
    this.server.reply(...replies);
    const service: ServiceProperties = { ApiServer: this.server.url, Authentication: 'BASIC', CredentialsSecretArn: SECRET_ARN, ...changes };
    const secret = service.Authentication === 'BASIC' ? { username: USERNAME, password: PASSWORD } : CLIENT;
    return client(service, secret, { fetch: this.trusting.fetch, ...options });
  }

  /** Forgets what was received and said, for the next test. */
  public clear(): void {
    this.server.clear();
  }

  public async stop(): Promise<void> {
    await this.trusting.close();
    await this.server.stop();
  }
}

/** What a call is rejected with, after a check that it says nothing it must not say. */
export async function failureOf(call: Promise<unknown>): Promise<Error> {
  const error: unknown = await call.then(() => { throw new Error('it did not fail'); }, (reason) => reason);
  if (!(error instanceof Error)) throw new Error('it failed with something that is no error');
  const said = `${error.message} ${error.stack} ${JSON.stringify(error)}`;
  expect(said).not.toContain('CANARY');
  expect(said).not.toContain(BASIC.slice('Basic '.length));
  return error;
}
