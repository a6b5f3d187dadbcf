import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { AccessKey } from './base-accounts';

export interface AssumeRole {
  readonly key: AccessKey;
  readonly roleArn: string;
  readonly externalId?: string;
  readonly sessionName: string;
}

/** What the service does at AWS: it assumes the connector's role. Returns why that failed, or nothing. */
export async function assumeRole(endpoint: string, { key, roleArn, externalId, sessionName }: AssumeRole): Promise<string | undefined> {
  const sts = new STSClient({
    endpoint,
    region: 'us-east-1',
    credentials: key,
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 15_000 },
  });
  try {
    await sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: sessionName, ExternalId: externalId }));
    return undefined;
  } catch (error) {
    const { name, message } = error as Error;
    return `${name}: ${message}`.replaceAll(key.secretAccessKey, '***');
  } finally {
    sts.destroy();
  }
}
