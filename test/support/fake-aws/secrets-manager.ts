import { awsError } from './account';
import type { FakeAws, Service } from './aws';
import type { FakeSecret } from './secret';

export const secretsManager: Service = {
  DescribeSecret: (aws, { SecretId }) => {
    const secret = found(aws, SecretId);
    return {
      ARN: secret.arn,
      VersionIdsToStages: secret.labels(),
      RotationEnabled: secret.rotationEnabled || undefined,
      DeletedDate: secret.deleted ? new Date(0) : undefined,
      Tags: [...secret.tags].map(([Key, Value]) => ({ Key, Value })),
    };
  },
  GetSecretValue: (aws, { SecretId, VersionId, VersionStage }) => {
    const secret = found(aws, SecretId);
    const { id, value, stages } = secret.value(VersionId === undefined ? { stage: VersionStage ?? 'AWSCURRENT' } : { id: VersionId });
    return { ARN: secret.arn, VersionId: id, SecretString: value, VersionStages: stages };
  },
  PutSecretValue: (aws, { SecretId, ClientRequestToken, SecretString, VersionStages = ['AWSCURRENT'] }) => {
    const secret = found(aws, SecretId);
    if (ClientRequestToken.length < 32 || ClientRequestToken.length > 64) {
      throw awsError('InvalidParameterException',
        'ClientRequestToken must be 32-64 characters long.');
    }
    secret.put(ClientRequestToken, SecretString, VersionStages[0]);
    return { ARN: secret.arn, VersionId: ClientRequestToken, VersionStages };
  },
  UpdateSecretVersionStage: (aws, { SecretId, VersionStage, MoveToVersionId, RemoveFromVersionId }) => {
    const secret = found(aws, SecretId);
    secret.updateStage(VersionStage, MoveToVersionId, RemoveFromVersionId);
    return { ARN: secret.arn };
  },
  TagResource: (aws, { SecretId, Tags }) => {
    const secret = found(aws, SecretId);
    for (const { Key, Value } of Tags) secret.setTag(Key, Value);
    return {};
  },
};

function found({ secrets }: FakeAws, id: string): FakeSecret {
  const secret = secrets.get(id);
  if (!secret) throw awsError('ResourceNotFoundException', 'Secrets Manager can\'t find the specified secret.');
  return secret;
}
