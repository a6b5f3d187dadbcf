import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { secretResource, useSecretKey } from '../../private/secrets';
import { MINTING_TAG, REMOVED_TAG } from '../../wire/access-key';

const MINT = ['iam:CreateAccessKey', 'iam:DeleteAccessKey', 'iam:ListAccessKeys'];
/** A key that somebody uses was not lost while it was made. */
const IS_IT_USED = 'iam:GetAccessKeyLastUsed';

/** The rights to make and remove the keys of one user, and to keep them in one secret. */
export function mintKeys(userArn: string, secret: ISecret): PolicyStatement[] {
  return [new PolicyStatement({ actions: [...MINT, IS_IT_USED], resources: [userArn] }), ...keepKeys(secret)];
}

/** The rights of `mintKeys`, and those to retire a key that is no longer used. */
export function rotateKeys(userArn: string, secret: ISecret): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: [...MINT, 'iam:UpdateAccessKey', IS_IT_USED], resources: [userArn] }),
    ...keepKeys(secret),
  ];
}

function keepKeys(secret: ISecret): PolicyStatement[] {
  return [
    new PolicyStatement({
      actions: [
        'secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue',
        'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage',
      ],
      resources: [secretResource(secret)],
    }),
    // Only the two tags that note that a key is being made or has to be deleted. Other tags may decide who has access.
    new PolicyStatement({
      actions: ['secretsmanager:TagResource'],
      resources: [secretResource(secret)],
      conditions: { 'ForAllValues:StringEquals': { 'aws:TagKeys': [MINTING_TAG, REMOVED_TAG] } },
    }),
    ...useSecretKey(secret, ['kms:Decrypt', 'kms:GenerateDataKey']),
  ];
}
