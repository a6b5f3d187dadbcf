import { randomBytes } from 'node:crypto';
import { FakeRoles } from './roles';
import type { NewKey } from '../../../lambda/keys/ports';

export interface KeyRecord extends NewKey {
  readonly userName: string;
  readonly created: Date;
  status: string;
  /** As IAM remembers it. */
  lastUsed?: Date;
}

const ENDPOINTS = 3;

/** An error by the name that the SDK gives it. */
export function awsError(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}

/** An AWS account with users, keys, roles and one clock: the state behind the fakes of IAM and STS. */
export class FakeAccount {
  public readonly users = new Set<string>();
  /** Paths of users, where they are others than `/`. */
  public readonly paths = new Map<string, string>();
  public readonly roles = new FakeRoles(this);
  public readonly keys: KeyRecord[] = [];
  /** How long until the last endpoint of STS knows a new key; the others learn of it one after the other. */
  public keyDelay = 0;
  /** The secret of every key that there ever was. */
  public readonly everySecret: string[] = [];
  private calls = 0;

  public constructor(
    public readonly accountId: string,
    public readonly now: () => number,
    public readonly partition = 'aws',
    private readonly bytes: (size: number) => Buffer = randomBytes,
  ) {}

  public userArn(userName: string): string {
    return `arn:${this.partition}:iam::${this.accountId}:user${this.paths.get(userName) ?? '/'}${userName}`;
  }

  public keysOf(userName: string): KeyRecord[] {
    return this.keys.filter((key) => key.userName === userName);
  }

  /** As IAM does it: two at most, the secret is told once. */
  public createKey(userName: string): KeyRecord {
    this.user(userName);
    if (this.keysOf(userName).length >= 2) throw awsError('LimitExceededException', 'Cannot exceed quota for AccessKeysPerUser: 2');
    const key: KeyRecord = {
      accessKeyId: `AKIA${this.bytes(8).toString('hex').toUpperCase()}`,
      // 40 characters, of which a slash and a plus are the ones that break careless code.
      secretAccessKey: `${this.bytes(28).toString('base64').slice(0, 37)}/+/`,
      userName,
      created: new Date(this.now()),
      status: 'Active',
    };
    this.keys.push(key);
    this.everySecret.push(key.secretAccessKey);
    return key;
  }

  /** As IAM does it: not while the user has keys. */
  public deleteUser(userName: string): void {
    this.user(userName);
    if (this.keysOf(userName).length > 0) throw awsError('DeleteConflictException', 'Cannot delete entity, must delete access keys first.');
    this.users.delete(userName);
  }

  public setStatus(userName: string, accessKeyId: string, status: string): void {
    this.user(userName);
    const key = this.keysOf(userName).find((one) => one.accessKeyId === accessKeyId);
    if (!key) throw awsError('NoSuchEntityException', `The Access Key with id ${accessKeyId} cannot be found.`);
    key.status = status;
  }

  public deleteKey(userName: string, accessKeyId: string): void {
    this.user(userName);
    const index = this.keys.findIndex((key) => key.userName === userName && key.accessKeyId === accessKeyId);
    if (index < 0) throw awsError('NoSuchEntityException', `The Access Key with id ${accessKeyId} cannot be found.`);
    this.keys.splice(index, 1);
  }

  /** Whom a key signs as; undefined where STS does not let it in. */
  public caller({ accessKeyId, secretAccessKey }: NewKey): KeyRecord | undefined {
    const key = this.keys.find((candidate) => candidate.accessKeyId === accessKeyId && candidate.secretAccessKey === secretAccessKey);
    return key?.status === 'Active' && this.now() >= key.created.getTime() + this.keyDelay ? key : undefined;
  }

  /** The same, as a call that IAM remembers. It comes to one endpoint after the other. */
  public use(key: NewKey): KeyRecord | undefined {
    const known = this.keyDelay * ((this.calls++ % ENDPOINTS) + 1) / ENDPOINTS;
    const caller = this.keys.find((one) => one.accessKeyId === key.accessKeyId && one.secretAccessKey === key.secretAccessKey);
    if (caller?.status !== 'Active' || this.now() < caller.created.getTime() + known) return undefined;
    caller.lastUsed = new Date(this.now());
    return caller;
  }

  /** Throws where there is no such user. */
  public user(userName: string): void {
    if (!this.users.has(userName)) throw awsError('NoSuchEntityException', `The user with name ${userName} cannot be found.`);
  }
}
