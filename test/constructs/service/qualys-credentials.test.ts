import { Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { QualysCredentials } from '../../../src/service/qualys-credentials';

test.each([
  ['basic', 'BASIC'],
  ['oidcClient', 'OIDC_CLIENT'],
] as const)('%s keeps the secret and the way to sign in', (factory, authentication) => {
  const secret = Secret.fromSecretNameV2(new Stack(), 'ApiUser', 'qualys/api-user');
  const credentials = QualysCredentials[factory](secret);
  expect(credentials._secret).toBe(secret);
  expect(credentials._authentication).toBe(authentication);
});
