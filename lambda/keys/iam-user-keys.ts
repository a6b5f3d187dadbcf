import {
  CreateAccessKeyCommand, DeleteAccessKeyCommand, GetAccessKeyLastUsedCommand, IAMClient, ListAccessKeysCommand, UpdateAccessKeyCommand,
} from '@aws-sdk/client-iam';
import { UserKey, UserKeys } from './ports';
import { isNamed } from '../runtime/calls/aws-errors';
import { Outbound } from '../runtime/resource';

/** The access keys of a user, in IAM. */
export function iamUserKeys(userName: string, outbound: Outbound): UserKeys {
  // A repeated CreateAccessKey makes a second key, so the SDK must not repeat it on its own.
  const once = new IAMClient({ maxAttempts: 1 });
  const client = new IAMClient({});
  return {
    list: async () => {
      try {
        const { AccessKeyMetadata = [] } = await outbound('iam:ListAccessKeys', () => client.send(new ListAccessKeysCommand({ UserName: userName })));
        return AccessKeyMetadata.map((key): UserKey => ({
          accessKeyId: key.AccessKeyId ?? '',
          status: key.Status ?? 'unknown',
          created: key.CreateDate ?? new Date(0),
        }));
      } catch (error) {
        if (isNoSuchEntity(error)) return undefined;
        throw error;
      }
    },
    create: async () => {
      const { AccessKey } = await outbound('iam:CreateAccessKey', () => once.send(new CreateAccessKeyCommand({ UserName: userName })));
      return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
    },
    deactivate: (accessKeyId) => ignoringGone(outbound('iam:UpdateAccessKey', () => (
      client.send(new UpdateAccessKeyCommand({ UserName: userName, AccessKeyId: accessKeyId, Status: 'Inactive' }))))),
    delete: (accessKeyId) => ignoringGone(outbound('iam:DeleteAccessKey', () => (
      client.send(new DeleteAccessKeyCommand({ UserName: userName, AccessKeyId: accessKeyId }))))),
    lastUsed: async (accessKeyId) => {
      const { AccessKeyLastUsed } = await outbound('iam:GetAccessKeyLastUsed', () => (
        client.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: accessKeyId }))));
      return AccessKeyLastUsed?.LastUsedDate;
    },
  };
}

async function ignoringGone(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!isNoSuchEntity(error)) throw error;
  }
}

function isNoSuchEntity(error: unknown): boolean {
  return isNamed(error, 'NoSuchEntity', 'NoSuchEntityException');
}
