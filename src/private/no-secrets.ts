import { CfnDynamicReference, SecretValue, Stack, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** CloudFormation does not fill these in for custom resources, and what stood there would be readable. */
const SECURE_REFERENCE = /\{\{resolve:(secretsmanager|ssm-secure):/;

/** Throws when a text is, or holds, a `SecretValue` or a dynamic reference. The text is not shown. */
export function refuseSecret(name: string, value: string): void {
  const { tokens } = Tokenization.reverseString(value);
  if (value.includes('{{resolve:') || tokens.some((token) => SecretValue.isSecretValue(token) || token instanceof CfnDynamicReference)) {
    throw new Error(`${name} must be a plain text, got a secret or a dynamic reference: whoever sees the stack could read it`);
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
