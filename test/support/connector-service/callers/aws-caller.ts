import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { AccessKey } from '../base-accounts';

export interface AssumeRole {
  readonly roleArn: string;
  readonly externalId?: string;
  readonly sessionName: string;
}

/** The service at AWS, with one key. It never tries again: what fails has failed. */
export class AwsCaller {
  readonly #sts: STSClient;

  public constructor(endpoint: string, private readonly key: AccessKey) {
    this.#sts = new STSClient({
      endpoint,
      region: 'us-east-1',
      credentials: key,
      maxAttempts: 1,
      requestHandler: { connectionTimeout: 5_000, requestTimeout: 15_000 },
    });
  }

  /** Assumes a connector's role. Returns why that failed, or nothing. */
  public async assumeRole({ roleArn, externalId, sessionName }: AssumeRole): Promise<string | undefined> {
    try {
      await this.#sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: sessionName, ExternalId: externalId }));
      return undefined;
    } catch (error) {
      const { name, message } = error as Error;
      return `${name}: ${message}`.replaceAll(this.key.secretAccessKey, '***');
    }
  }

  public close(): void {
    this.#sts.destroy();
  }
}
