import type { Service } from './aws';
import type { RoleRecord } from './roles';
import { checkTag } from './tags';

/** Keys and roles. Names and shapes are those of the API. */
export const iam: Service = {
  ListAccessKeys: ({ account }, { UserName }) => {
    account.user(UserName);
    return {
      IsTruncated: false,
      AccessKeyMetadata: account.keysOf(UserName).map(({ accessKeyId, status, created }) => ({
        UserName, AccessKeyId: accessKeyId, Status: status, CreateDate: created,
      })),
    };
  },
  CreateAccessKey: ({ account }, { UserName }) => {
    const { accessKeyId, secretAccessKey, status, created } = account.createKey(UserName);
    return { AccessKey: { UserName, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, Status: status, CreateDate: created } };
  },
  UpdateAccessKey: ({ account }, { UserName, AccessKeyId, Status }) => {
    account.setStatus(UserName, AccessKeyId, Status);
    return {};
  },
  DeleteAccessKey: ({ account }, { UserName, AccessKeyId }) => {
    account.deleteKey(UserName, AccessKeyId);
    return {};
  },
  /** Of a key that does not exist IAM says that access is denied. */
  GetAccessKeyLastUsed: ({ account }, { AccessKeyId }) => {
    const key = account.keys.find((one) => one.accessKeyId === AccessKeyId);
    if (!key) throw Object.assign(new Error('not authorized to perform: iam:GetAccessKeyLastUsed'), { name: 'AccessDenied' });
    return { UserName: key.userName, AccessKeyLastUsed: { LastUsedDate: key.lastUsed, ServiceName: key.lastUsed ? 'sts' : 'N/A', Region: 'us-east-1' } };
  },
  GetRole: ({ account }, { RoleName }) => ({ Role: shown(account.roles.get(RoleName), account.roles.readTrust(RoleName)) }),
  UpdateAssumeRolePolicy: ({ account }, { RoleName, PolicyDocument }) => {
    account.roles.setTrust(RoleName, PolicyDocument);
    return {};
  },
  ListRoleTags: ({ account }, { RoleName }) => ({ IsTruncated: false, Tags: tagsOf(account.roles.get(RoleName)) }),
  TagRole: ({ account }, { RoleName, Tags }) => {
    const { tags } = account.roles.get(RoleName);
    for (const { Key, Value } of Tags) {
      checkTag(Key, Value);
      tags.set(Key, Value);
    }
    return {};
  },
  UntagRole: ({ account }, { RoleName, TagKeys }) => {
    const { tags } = account.roles.get(RoleName);
    (TagKeys as string[]).forEach((key) => tags.delete(key));
    return {};
  },
};

/** The document comes URL-encoded. */
function shown(role: RoleRecord, trust: string): object {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: new Date(0),
    AssumeRolePolicyDocument: encodeURIComponent(trust),
    Tags: tagsOf(role),
  };
}

function tagsOf({ tags }: RoleRecord): object[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}
