/** An account, or someone of it, as a principal names them. */
export interface NamedAccount {
  readonly accountId: string;
  /** The whole account, a user, or a role and what comes of it. */
  readonly kind: 'root' | 'user' | 'role';
}

/** Undefined for what names no account: a service, or the ID that IAM shows of someone who was deleted. */
export function accountOf(principal: string): NamedAccount | undefined {
  if (/^\d{12}$/.test(principal)) return { accountId: principal, kind: 'root' };
  const match = /^arn:[a-z-]+:(?:iam|sts)::(\d{12}):(root$|user\/|role\/|assumed-role\/|federated-user\/)/.exec(principal);
  if (!match) return undefined;
  const [, accountId, type] = match;
  return { accountId: accountId!, kind: type === 'root' ? 'root' : type === 'user/' ? 'user' : 'role' };
}

/** The ID that IAM shows in place of a user or role that was deleted. */
export function isOfDeleted(principal: string): boolean {
  return /^A(?:IDA|ROA)[A-Z0-9]{12,28}$/.test(principal);
}
