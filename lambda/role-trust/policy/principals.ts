/** An account, a user or a role, as a principal names them. */
export interface NamedAccount {
  readonly accountId: string;
  /** The whole account, a user, or a role with its sessions. */
  readonly kind: 'root' | 'user' | 'role';
}

/** Undefined for a principal without an account: a service, or the ID that IAM shows for a deleted user or role. */
export function accountOf(principal: string): NamedAccount | undefined {
  if (/^\d{12}$/.test(principal)) return { accountId: principal, kind: 'root' };
  const match = /^arn:[a-z-]+:(?:iam|sts)::(\d{12}):(root$|user\/|role\/|assumed-role\/|federated-user\/)/.exec(principal);
  if (!match) return undefined;
  const [, accountId, type] = match;
  return { accountId: accountId!, kind: type === 'root' ? 'root' : type === 'user/' ? 'user' : 'role' };
}

/** The ID that IAM shows for a deleted user or role. */
export function isOfDeleted(principal: string): boolean {
  return /^A(?:IDA|ROA)[A-Z0-9]{12,28}$/.test(principal);
}
