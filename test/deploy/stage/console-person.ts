import { GetSecretValueCommand, ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { ConnectorServiceStandIn } from '../../support/connector-service';
import type { Emulator } from '../../support/emulator/emulator';

/** A key as it stands in its secret. */
export interface Key {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly userName: string;
  readonly accountId: string;
}

/** The keys of base accounts' users in these accounts: of each secret the one that waits, or else the current one. */
export async function keysIn(emulator: Emulator, accounts: readonly string[]): Promise<Key[]> {
  const found = await Promise.all(accounts.map(async (account) => {
    const client = new SecretsManagerClient(emulator.clientConfig(account));
    const { SecretList = [] } = await client.send(new ListSecretsCommand({}));
    return Promise.all(SecretList.map(async ({ ARN }) => await keyOf(client, ARN!, 'AWSPENDING') ?? keyOf(client, ARN!, 'AWSCURRENT')));
  }));
  return found.flat().filter((key) => key !== undefined);
}

/** The key that a version of a secret holds, if it holds one. */
export async function keyOf(client: SecretsManagerClient, SecretId: string, VersionStage: string): Promise<Key | undefined> {
  const value = await client.send(new GetSecretValueCommand({ SecretId, VersionStage })).catch(() => undefined);
  const content = parsed(value?.SecretString) as Partial<Key> | undefined;
  return content?.accessKeyId !== undefined && content.secretAccessKey !== undefined && content.accountId !== undefined ? content as Key : undefined;
}

/** A person at the vendor's console, who enters the key as `NextStep` says; answers what was done, or nothing where the service has the key already. */
export function enterKey(
  service: ConnectorServiceStandIn, { accessKeyId, secretAccessKey, accountId }: Key, title: string,
): string | undefined {
  const entry = service.baseAccounts().find(({ accountType }) => accountType === 'Global');
  if (entry?.accessKeyId === accessKeyId) return undefined;
  if (entry === undefined) {
    service.console.createBaseAccount({ title, awsAccountId: accountId, accountType: 'Global', accessKeyId, secretAccessKey });
    return `enters "${title}", AWS account ${accountId}, account type Global, and the key ${accessKeyId}`;
  }
  service.console.editBaseAccount('Global', { awsAccountId: accountId, accessKeyId, secretAccessKey });
  return `edits "${entry.title}": AWS account ${accountId}, and the key ${accessKeyId}`;
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
