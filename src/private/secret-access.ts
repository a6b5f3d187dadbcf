import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';

/** What a function calls the secret by. */
export function secretId(secret: ISecret): string {
  return secret.secretFullArn ?? secret.secretArn;
}

/** The secret as an IAM resource. Without its full ARN the six characters are open that Secrets Manager appends. */
export function secretResource(secret: ISecret): string {
  return secret.secretFullArn ?? `${secret.secretArn}-??????`;
}

/** Reading the secret's value. Not `grantRead`: it may describe the secret too, and its KMS statement has no policy of our own. */
export function readSecret(secret: ISecret): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secretResource(secret)] }),
    ...useSecretKey(secret, ['kms:Decrypt']),
  ];
}

/** Using the secret's customer managed key, if it has one, and that only through Secrets Manager. */
export function useSecretKey(secret: ISecret, actions: string[]): PolicyStatement[] {
  return secret.encryptionKey === undefined ? [] : [new PolicyStatement({
    actions,
    resources: [secret.encryptionKey.keyArn],
    // `amazonaws.com` in every partition, as CDK has it.
    conditions: { StringEquals: { 'kms:ViaService': `secretsmanager.${secret.env.region}.amazonaws.com` } },
  })];
}
