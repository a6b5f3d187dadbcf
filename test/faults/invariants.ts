import type { OwnershipRecord } from '../../lambda/registration/record/record';
import type { FakeSecret } from '../support/fake-aws/secret';
import type { World } from '../support/lambda/world';

/** What is looked at: a world, and of a base account in it the secret and the record. */
export interface Observed {
  readonly world: World;
  readonly secret?: FakeSecret;
  readonly record?: OwnershipRecord;
  readonly currentKey?: string;
}

export interface Expectations {
  /** The run may delete the current key and the entry: it removes the resource. */
  readonly removes?: boolean;
  /** Somebody deleted the key that the service has, so that I1 is broken from the start. */
  readonly lost?: boolean;
  /** Keys that a person made: nobody may touch them, and no version names them. */
  readonly foreign?: readonly string[];
}

interface Where { readonly number: number; readonly step: string }

const REST: Where = { number: 0, step: 'rest' };

function at({ number, step }: Where): string {
  return `after call ${number}, ${step}`;
}

/** Of a secret, every form in which it could get out. */
function formsOf(secret: string): string[] {
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
  return [...new Set([secret, base64, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])];
}

/**
 * What has to hold whatever goes wrong (I1 to I7). `instant` may be called after every outbound call, `rest` once nothing runs
 * and a later run has had its chance; both collect what they find.
 */
export class Invariants {
  public readonly violations: string[] = [];
  private readonly told = new Set<string>();
  private read = { log: 0, published: 0 };
  private protected = 0;
  private patterns: string[] = [];

  public constructor(private readonly stage: Observed, private readonly expected: Expectations = {}) {}

  /** I1, I2, I3, I5: at every instant. */
  public readonly instant = (where: Where = REST): void => {
    this.keys(where);
    this.add([...this.leaks(), ...this.answers()], at(where));
  };

  /** I1 and I2 alone: what can be wrong for an instant only. */
  public readonly keys = (where: Where = REST): void => {
    const found: string[] = [];
    const { world, currentKey } = this.stage;
    const { keys } = world.aws.account;
    const status = (id: string | undefined) => keys.find(({ accessKeyId }) => accessKeyId === id)?.status ?? 'deleted';
    const { keyAtService } = world;
    if (keyAtService !== undefined && !this.expected.lost && status(keyAtService) !== 'Active') found.push(`I1: the key at the service is ${status(keyAtService)}`);
    for (const user of world.aws.account.users) if (world.aws.account.keysOf(user).length > 2) found.push('I2: three keys');

    if (currentKey !== undefined && !this.expected.removes && status(currentKey) !== 'Active') found.push(`I2: the current key is ${status(currentKey)}`);
    for (const id of this.expected.foreign ?? []) if (status(id) === 'deleted') found.push('I2: a key of somebody else was deleted');

    this.add(found, at(where));
  };

  /** I4 as well: no key without a version that names it. */
  public rest(): void {
    this.instant();
    const { aws } = this.stage.world;
    const named = new Set([...aws.secrets.values()].flatMap(({ versions }) => versions)
      .filter(({ value, stages }) => value !== undefined && stages.size > 0)
      .map(({ value }) => (JSON.parse(value!) as { accessKeyId?: string }).accessKeyId));
    const orphans = aws.account.keys.filter(({ accessKeyId }) => !named.has(accessKeyId) && !this.expected.foreign?.includes(accessKeyId));
    if (orphans.length > 0) this.add([`I4: ${orphans.length} keys that no version names`], 'at rest');
  }

  /** What goes on being wrong is told once. */
  private add(found: readonly string[], where: string): void {
    for (const text of found.filter((one) => !this.told.has(one))) {
      this.told.add(text);
      this.violations.push(`${text} (${where})`);
    }
  }

  /** I3. Only what is new since the last look. */
  private leaks(): string[] {
    const { world } = this.stage;
    const secrets = world.secrets();
    if (secrets.length !== this.protected) {
      this.protected = secrets.length;
      this.patterns = secrets.flatMap(formsOf);
      this.read = { log: 0, published: 0 };
    }
    const { log, aws: { published, parameters, secrets: kept } } = world;
    const surfaces = [
      ...log.slice(this.read.log),
      ...published.slice(this.read.published).map((message) => JSON.stringify(message)),
      ...parameters.values(),
      ...[...kept.values()].flatMap(({ tags }) => [...tags.values()]),
      world.answers.text(),
    ].join('\n');
    this.read = { log: log.length, published: published.length };
    return this.patterns.some((pattern) => surfaces.includes(pattern)) ? ['I3: a secret is on a surface'] : [];
  }

  /**
   * I5: however often a request is answered, every success has one ID, and every failure (that of an Update keeps the old one; one that
   * knows that nothing was begun says so instead).
   * The size is checked where answers are taken.
   */
  private answers(): string[] {
    const { answers } = this.stage.world;
    return answers.requests().flatMap((requestId) => ['SUCCESS', 'FAILED'].flatMap((status) => {
      const ids = new Set(answers.all(requestId).filter(({ Status }) => Status === status).map(({ PhysicalResourceId }) => PhysicalResourceId)
        .filter((id) => status === 'SUCCESS' || !id.startsWith('not-created:')));
      return ids.size > 1 ? [`I5: one request, the IDs ${[...ids].join(' and ')}`] : [];
    }));
  }
}

/** What stands at AWS and at the service, with the part that each key plays instead of its ID: for comparisons (I6, I7). */
export function standing({ world, secret, record }: Observed): object {
  const versions = secret?.versions ?? [];
  const part = (id: string | undefined): string => {
    if (id === undefined) return 'none';
    const labels = versions.filter(({ value }) => value?.includes(id)).flatMap(({ stages }) => [...stages]).sort();
    return labels.length > 0 ? labels.join('+') : 'unnamed';
  };
  return {
    keys: world.aws.account.keys.map(({ accessKeyId, status }) => `${part(accessKeyId)} ${status}`).sort(),
    labels: versions.flatMap(({ stages }) => [...stages]).sort(),
    entries: world.service.baseAccounts().map(({ accessKeyId, ...entry }) => ({ ...entry, key: part(accessKeyId) })),
    record: record && {
      owner: record.owner,
      status: record.status,
      delivery: record.delivery,
      adopted: record.adopted,
      awsAccountId: record.awsAccountId,
      key: part(record.accessKeyId),
      registered: part(record.registeredAccessKeyId),
      waiting: record.awaitingSince !== undefined,
    },
    parameters: [...world.aws.parameters.keys()].sort(),
    users: [...world.aws.account.users].sort(),
  };
}
