import { ACCOUNT_TYPES, AccountType } from './account-type';
import { Redaction } from './http/redaction';
import { ServiceError } from './service-error';

/** A base account as it can be read: the secret is never given back. */
export interface BaseAccountEntry {
  readonly title: string;
  readonly awsAccountId: string;
  readonly accountType: AccountType;
  readonly accessKeyId: string;
  readonly useInAssetView: boolean;
}

export interface BaseAccountInput extends Omit<BaseAccountEntry, 'useInAssetView'> {
  readonly secretAccessKey: string;
  readonly useInAssetView?: boolean;
}

/** An access key, whole. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What can be edited; a key is edited as a pair. */
export type BaseAccountChanges = Partial<Omit<BaseAccountInput, 'accountType'>>;

/** The subscription's base accounts, at most one an account type. */
export class BaseAccounts {
  readonly #entries = new Map<AccountType, BaseAccountEntry>();
  readonly #secrets = new Map<AccountType, string>();

  public constructor(
    private readonly qualysAccountIds: Readonly<Record<AccountType, string>>,
    private readonly redaction: Redaction,
  ) {}

  public create({ secretAccessKey, ...entry }: BaseAccountInput): void {
    this.redaction.add(secretAccessKey);
    if (this.#entries.has(entry.accountType)) {
      throw new ServiceError('INVALID_REQUEST',
        `a base account of account type ${entry.accountType} exists already`);
    }
    check(entry, secretAccessKey);
    this.#entries.set(entry.accountType, { ...entry, useInAssetView: entry.useInAssetView ?? false });
    this.#secrets.set(entry.accountType, secretAccessKey);
  }

  public edit(accountType: AccountType, { secretAccessKey, ...changes }: BaseAccountChanges): void {
    if (secretAccessKey !== undefined) this.redaction.add(secretAccessKey);
    const entry = { ...this.#existing(accountType), ...defined(changes) };
    if ((secretAccessKey === undefined) !== (changes.accessKeyId === undefined)) {
      throw new ServiceError('INVALID_REQUEST',
        'the access key ID and the secret key go together');
    }
    check(entry, secretAccessKey);
    this.#entries.set(accountType, entry);
    if (secretAccessKey !== undefined) this.#secrets.set(accountType, secretAccessKey);
  }

  public delete(accountType: AccountType): void {
    this.#existing(accountType);
    this.#entries.delete(accountType);
    this.#secrets.delete(accountType);
  }

  public list(): BaseAccountEntry[] {
    return ACCOUNT_TYPES.flatMap((accountType) => this.#entries.get(accountType) ?? []).map((entry) => ({ ...entry }));
  }

  public has(accountType: AccountType): boolean {
    return this.#entries.has(accountType);
  }

  /** The account that connectors of this type are served from. */
  public servingAccountId(accountType: AccountType): string {
    return this.#entries.get(accountType)?.awsAccountId ?? this.qualysAccountIds[accountType];
  }

  /** The key that connectors of this type are signed with; undefined when that is the service's own. */
  public key(accountType: AccountType): AccessKey | undefined {
    const accessKeyId = this.#entries.get(accountType)?.accessKeyId;
    const secretAccessKey = this.#secrets.get(accountType);
    return accessKeyId !== undefined && secretAccessKey !== undefined ? { accessKeyId, secretAccessKey } : undefined;
  }

  #existing(accountType: AccountType): BaseAccountEntry {
    const entry = this.#entries.get(accountType);
    if (!entry) throw new ServiceError('OBJECT_NOT_FOUND', `there is no base account of account type ${accountType}`);
    return entry;
  }
}

/** An access key ID has 16 to 128 word characters, by IAM's rule. Whether the key works is not tried on saving (inferred). */
function check(entry: Omit<BaseAccountEntry, 'useInAssetView'>, secretAccessKey: string | undefined): void {
  const wrong = [
    ...(entry.title.trim() === '' ? ['title'] : []),
    ...(!/^\d{12}$/.test(entry.awsAccountId) ? ['AWS account ID'] : []),
    ...(!ACCOUNT_TYPES.includes(entry.accountType) ? ['account type'] : []),
    ...(!/^\w{16,128}$/.test(entry.accessKeyId) ? ['access key ID'] : []),
    ...(secretAccessKey?.trim() === '' ? ['secret key'] : []),
  ];
  if (wrong.length > 0) throw new ServiceError('INVALID_REQUEST', `wrong or missing: ${wrong.join(', ')}`);
}

function defined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as Partial<T>;
}
