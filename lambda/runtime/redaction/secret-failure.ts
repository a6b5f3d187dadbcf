import { DeployError } from '../errors';

const KMS_FAILURES = new Set(['DecryptionFailure', 'EncryptionFailure']);

/** The failure with what to do, if Secrets Manager refuses because of the state of the secret or of its KMS key. */
export function explainSecretFailure(error: unknown, secretArn: string): unknown {
  if (!(error instanceof Error)) return error;
  const { name, message } = error;
  if (KMS_FAILURES.has(name) || (name === 'AccessDeniedException' && message.includes('KMS'))) {
    return new DeployError(`the value of the secret ${secretArn} can be neither read nor written: its KMS key is disabled, is to be deleted, or does not let this `
      + `function use it. Enable the key, or allow kms:Decrypt and kms:GenerateDataKey in its key policy, then try again. Secrets Manager says: ${message}`);
  }
  if (name === 'InvalidRequestException' && message.includes('marked for deletion')) {
    return new DeployError(`the secret ${secretArn} is scheduled for deletion. `
      + 'Restore it (aws secretsmanager restore-secret), then try again');
  }
  return error;
}
