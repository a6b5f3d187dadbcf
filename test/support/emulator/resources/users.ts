import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam';
import { Credentials } from '../aws-environment';
import { Clients } from '../clients';
import { statements } from './inline-function';

/** A key for the user. */
export async function keyOf(root: Clients, userName: string): Promise<Credentials> {
  const { AccessKey } = await root.iam.send(new CreateAccessKeyCommand({ UserName: userName }));
  return { accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! };
}

/** A user who may do what the statements say, and a key of it. */
export async function userWithKey(root: Clients, userName: string, allow: readonly object[]): Promise<Credentials> {
  await root.iam.send(new CreateUserCommand({ UserName: userName }));
  const PolicyDocument = JSON.stringify(statements(allow.map((statement) => ({ Effect: 'Allow', ...statement }))));
  await root.iam.send(new PutUserPolicyCommand({ UserName: userName, PolicyName: 'allow', PolicyDocument }));
  return keyOf(root, userName);
}
