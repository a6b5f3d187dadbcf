export const REGION = 'us-east-1';

/** The emulator takes an account ID as the access key of the account's root user, with this secret. */
const ROOT_SECRET = 'test';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** What every client of SDK v3 takes. */
export interface ClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;
}

/** An account ID stands for the root user of the account. */
export function clientConfig(endpoint: string, caller: string | Credentials): ClientConfig {
  const credentials = typeof caller === 'string' ? { accessKeyId: caller, secretAccessKey: ROOT_SECRET } : caller;
  return { endpoint, region: REGION, credentials };
}

/** The environment variables by which the SDKs and the CDK CLI reach the emulator as an account's root user, and nothing else. */
export function awsEnvironment(endpoint: string, accountId: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: accountId,
    AWS_SECRET_ACCESS_KEY: ROOT_SECRET,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** This process' environment without whatever it says about AWS: no real account may come into play. */
export function withoutAws(env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => !/^(AWS|CDK)_/.test(entry[0])));
}

