import { CfnDynamicReference, SecretValue, Stack, Tokenization } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { IConstruct } from 'constructs';

/** The ID by which a function reads the secret. */
export function secretId(secret: ISecret): string {
  return secret.secretFullArn ?? secret.secretArn;
}

/** The secret as a resource in IAM policies. If its full ARN is unknown, `??????` stands for the six characters that Secrets Manager appends. */
export function secretResource(secret: ISecret): string {
  return secret.secretFullArn ?? `${secret.secretArn}-??????`;
}

/** Statements to read the secret's value. `grantRead` would also allow `DescribeSecret`, and cannot put its KMS statement into our managed policy. */
export function readSecret(secret: ISecret): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secretResource(secret)] }),
    ...useSecretKey(secret, ['kms:Decrypt']),
  ];
}

/** Statement to use the secret's customer managed key, if it has one, and only through Secrets Manager. */
export function useSecretKey(secret: ISecret, actions: string[]): PolicyStatement[] {
  return secret.encryptionKey === undefined ? [] : [new PolicyStatement({
    actions,
    resources: [secret.encryptionKey.keyArn],
    // `amazonaws.com` in every partition, as CDK has it.
    conditions: { StringEquals: { 'kms:ViaService': `secretsmanager.${secret.env.region}.amazonaws.com` } },
  })];
}

/** References to secrets. CloudFormation does not resolve them in custom resources, and a secret there would be readable. */
const SECURE_REFERENCE = /\{\{resolve:(secretsmanager|ssm-secure):/;

/** Throws when a text is, or holds, a `SecretValue` or a dynamic reference. The message does not show the text. */
export function refuseSecret(name: string, value: string): void {
  const { tokens } = Tokenization.reverseString(value);
  if (value.includes('{{resolve:') || tokens.some((token) => SecretValue.isSecretValue(token) || token instanceof CfnDynamicReference)) {
    throw new Error(`${name} must be a plain text, got a secret or a dynamic reference: `
      + 'whoever sees the stack could read it');
  }
}

/** Stops the synthesis when a property of a custom resource refers to a secret's value. */
export function refuseSecretsIn(scope: IConstruct, properties: object): void {
  scope.node.addValidation({
    validate: () => SECURE_REFERENCE.test(JSON.stringify(Stack.of(scope).resolve(properties)))
      ? ['a property refers to a value in Secrets Manager or to a SecureString: whoever sees the stack could read it; use plain texts']
      : [],
  });
}
