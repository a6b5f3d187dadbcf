import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Emulator } from '../emulator';
import { inlineFunction } from './inline-function';
import { waitUntil } from '../processes/wait-until';
import { Resources } from '../stacks';

const CODE = `
const { DescribeSecretCommand, GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient, UpdateSecretVersionStageCommand } = require('@aws-sdk/client-secrets-manager');
const client = new SecretsManagerClient({});
exports.handler = async ({ Step, SecretId, ClientRequestToken }) => {
  const { Description, VersionIdsToStages: versions } = await client.send(new DescribeSecretCommand({ SecretId }));
  const value = await client.send(new GetSecretValueCommand({ SecretId, VersionId: ClientRequestToken })).then((answer) => answer.SecretString, (error) => error.name);
  console.log(JSON.stringify({ Step, value, labels: versions[ClientRequestToken] }));
  if (Description === 'fails in ' + Step) throw new Error('told to fail');
  if (Step === 'createSecret') {
    await client.send(new PutSecretValueCommand({ SecretId, ClientRequestToken, SecretString: 'new', VersionStages: ['AWSPENDING'] }));
  }
  if (Step === 'finishSecret' && Description !== 'waits') {
    const current = Object.keys(versions).find((version) => versions[version].includes('AWSCURRENT'));
    await client.send(new UpdateSecretVersionStageCommand({ SecretId, VersionStage: 'AWSCURRENT', MoveToVersionId: ClientRequestToken, RemoveFromVersionId: current }));
  }
};`;

/** What a call of the function saw: the step, and the version that it was called for. */
export interface RotatorCall {
  readonly Step: string;
  /** Or the name of the error. */
  readonly value: string;
  readonly labels: readonly string[];
}

/** A function `rotator` that rotates a secret to the value `new`; the description of the secret tells it to fail in a step, or not to promote. */
export function rotator(): Resources {
  const Action = ['DescribeSecret', 'GetSecretValue', 'PutSecretValue', 'UpdateSecretVersionStage'].map((action) => `secretsmanager:${action}`);
  return inlineFunction('rotator', { code: CODE, allow: [{ Action, Resource: '*' }] });
}

/** The permission that Secrets Manager needs to call it, for secrets of the account. */
export function rotatorPermission(SourceAccount: string): Resources {
  return {
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: { Action: 'lambda:InvokeFunction', FunctionName: { 'Fn::GetAtt': ['rotator', 'Arn'] }, Principal: 'secretsmanager.amazonaws.com', SourceAccount },
    },
  };
}

/** Its calls since the emulator was started, once there are so many: what a function writes may come after its answer. */
export async function rotatorCalls(emulator: Emulator, account: string, count: number): Promise<RotatorCall[]> {
  const file = join(emulator.functionOutputFolder, `${account}.rotator.log`);
  const read = (): RotatorCall[] => (existsSync(file) ? readFileSync(file, 'utf8') : '').split('\n')
    .filter((line) => line.startsWith('{"Step"') && line.endsWith('}')).map((line) => JSON.parse(line));
  await waitUntil(() => read().length >= count, 5_000);
  return read();
}
