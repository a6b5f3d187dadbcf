import {
  DescribeSecretCommand, GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient, TagResourceCommand, UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { KeySecret, Stage } from './ports';
import { MINTING_TAG, REMOVED_TAG } from '../../src/wire/access-key';
import { isNamed, unless } from '../runtime/calls/aws-errors';
import { explainSecretFailure } from '../runtime/redaction/secret-failure';
import { Outbound } from '../runtime/resource';

/** A client for the region that the secret is in, which need not be the function's. */
function secretsClient(secretArn: string): SecretsManagerClient {
  return new SecretsManagerClient({ region: secretArn.split(':')[3] || undefined });
}

/** The secret that keeps the key, in Secrets Manager. */
export function keySecret(arn: string, call: Outbound): KeySecret {
  const outbound: Outbound = (step, send) => call(step, send).catch((error: unknown) => { throw explainSecretFailure(error, arn); });
  const client = secretsClient(arn);
  const tag = async (Key: string, Value: string): Promise<void> => {
    await outbound('secretsmanager:TagResource', () => client.send(new TagResourceCommand({ SecretId: arn, Tags: [{ Key, Value }] })));
  };
  return {
    arn,
    describe: async () => {
      const answer = await unless('ResourceNotFoundException', outbound('secretsmanager:DescribeSecret', () => client.send(new DescribeSecretCommand({ SecretId: arn }))));
      if (!answer || answer.DeletedDate) return undefined;
      const versions = answer.VersionIdsToStages ?? {};
      const stages: Partial<Record<Stage, string>> = {};
      for (const [version, labels] of Object.entries(versions)) labels.forEach((label) => { stages[label as Stage] = version; });

      const valueOf = (key: string) => answer.Tags?.find(({ Key }) => Key === key)?.Value;
      return { stages, versions, rotationEnabled: answer.RotationEnabled ?? false, note: valueOf(MINTING_TAG), removal: valueOf(REMOVED_TAG) };
    },
    read: async (version) => {
      const wanted = 'id' in version ? { VersionId: version.id } : { VersionStage: version.stage };
      const answer = await unless('ResourceNotFoundException', outbound('secretsmanager:GetSecretValue', () => client.send(new GetSecretValueCommand({ SecretId: arn, ...wanted }))));
      return answer?.SecretString;
    },
    put: async (versionId, value, stage) => {
      try {
        await outbound('secretsmanager:PutSecretValue', () => client.send(new PutSecretValueCommand({
          SecretId: arn, ClientRequestToken: versionId, SecretString: value, VersionStages: [stage],
        })));
        return 'stored';
      } catch (error) {
        if (isNamed(error, 'ResourceExistsException')) return 'taken';
        throw error;
      }
    },
    move: async (stage, toVersion, fromVersion) => {
      await outbound('secretsmanager:UpdateSecretVersionStage', () => client.send(new UpdateSecretVersionStageCommand({
        SecretId: arn, VersionStage: stage, MoveToVersionId: toVersion, RemoveFromVersionId: fromVersion,
      })));
    },
    unstage: async (stage, version) => {
      await outbound('secretsmanager:UpdateSecretVersionStage', () => client.send(new UpdateSecretVersionStageCommand({
        SecretId: arn, VersionStage: stage, RemoveFromVersionId: version,
      })));
    },
    note: (text) => tag(MINTING_TAG, text),
    noteRemoval: (text) => tag(REMOVED_TAG, text),
  };
}
