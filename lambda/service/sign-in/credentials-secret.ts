import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { isNamed } from '../../runtime/calls/aws-errors';
import { DeployError } from '../../runtime/errors';
import { explainSecretFailure } from '../../runtime/redaction/secret-failure';
import { Outbound } from '../../runtime/resource';

/** Reads the secret with the credentials of the service, in the region that it is in. */
export async function readCredentials(secretArn: string, outbound: Outbound): Promise<string> {
  const client = new SecretsManagerClient({ region: secretArn.split(':')[3] || undefined });
  try {
    const { SecretString } = await outbound('secretsmanager:GetSecretValue', () => client.send(new GetSecretValueCommand({ SecretId: secretArn })));
    return SecretString ?? '';
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) {
      throw new DeployError(`the secret ${secretArn}, which should hold the credentials of the connector service, does not exist or has no value. Create it, `
        + 'then deploy again');
    }
    throw explainSecretFailure(error, secretArn);
  }
}
