import { awsError, type FakeAccount } from './account';
import type { RightStatement } from './rights';

export interface RoleRecord {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly id: string;
  trust: string;
  /** Every document that was written through the API, in order. */
  readonly written: string[];
  /** What reads still answer, where they lag behind. */
  before?: string;
  readonly tags: Map<string, string>;
}

/** What a policy allows, until it has been taken away and everybody has heard of that. */
interface Attached {
  readonly statements: readonly RightStatement[];
  readonly until?: number;
}

/**
 * How long a right lasts that was taken away, in milliseconds. IAM takes seconds; here it is as long as work that CloudFormation has
 * given up may take to undo itself, as the rights are deleted behind its back.
 */
const REVOCATION = 60_000;

/** IAM's default quota for a trust policy, in characters without white space. */
const MAXIMUM_TRUST = 2048;

/** The roles of one account, with what IAM says of their trust policies. */
export class FakeRoles {
  /** IAM keeps what a document means, not its text. */
  public rewrites = false;
  /** How many reads still answer what was there before the last write. */
  public staleReads = 0;
  /** Accounts that do not exist. */
  public readonly unknownAccounts = new Set<string>();
  private readonly roles = new Map<string, RoleRecord>();
  /** By the ARNs of role and policy. */
  private readonly attached = new Map<string, Map<string, Attached>>();

  public constructor(private readonly account: FakeAccount) {}

  public create(name: string, trust: object | string, path = '/'): RoleRecord {
    const document = typeof trust === 'string' ? trust : JSON.stringify(trust);
    this.check(document);
    const arn = this.arn(name, path);
    const role: RoleRecord = { name, path, arn, id: `AROA${name.toUpperCase().padEnd(17, 'X').slice(0, 17)}`, trust: document, written: [], tags: new Map() };
    this.roles.set(name, role);
    return role;
  }

  public get(name: string): RoleRecord {
    const role = this.roles.get(name);
    if (!role) throw awsError('NoSuchEntityException', `The role with name ${name} cannot be found.`);
    return role;
  }

  /** Of a role that does not exist, as IAM is asked about it. */
  public arnOf(name: string): string {
    return this.roles.get(name)?.arn ?? this.arn(name);
  }

  public attach(name: string, policyArn: string, statements: readonly RightStatement[]): void {
    const { arn } = this.get(name);
    const policies = this.attached.get(arn) ?? new Map<string, Attached>();
    this.attached.set(arn, policies.set(policyArn, { statements }));
  }

  public detach(name: string, policyArn: string): void {
    const policies = this.attached.get(this.arnOf(name));
    const { statements } = policies!.get(policyArn)!;
    policies!.set(policyArn, { statements, until: this.account.now() + REVOCATION });
  }

  /** What a role may do, by its ARN. */
  public statementsOf(arn: string): readonly RightStatement[] {
    const policies = [...this.attached.get(arn)?.values() ?? []];
    return policies.filter(({ until = Infinity }) => this.account.now() < until).flatMap(({ statements }) => statements);
  }

  /** Behind a function's back. */
  public delete(name: string): void {
    this.roles.delete(name);
  }

  public setTrust(name: string, document: string): void {
    const role = this.get(name);
    this.check(document);
    role.written.push(document);
    role.before = role.trust;
    role.trust = this.rewrites ? rewritten(document) : document;
  }

  /** The document as a read answers it. */
  public readTrust(name: string): string {
    const { before, trust } = this.get(name);
    if (before === undefined || this.staleReads === 0) return trust;
    this.staleReads--;
    return before;
  }

  /** As a person changes it, whom every read sees. */
  public change(name: string, document: string): void {
    Object.assign(this.get(name), { trust: document, before: undefined });
  }

  private arn(name: string, path = '/'): string {
    const { accountId, partition } = this.account;
    return `arn:${partition}:iam::${accountId}:role${path}${name}`;
  }

  private check(document: string): void {
    if (document.replace(/\s/g, '').length > MAXIMUM_TRUST) {
      throw awsError('LimitExceededException',
        `Cannot exceed quota for ACLSizePerRole: ${MAXIMUM_TRUST}`);
    }
    let statements: unknown;
    try {
      statements = [(JSON.parse(document) as { Statement?: unknown }).Statement].flat();
    } catch {
      throw awsError('MalformedPolicyDocumentException', 'This policy contains invalid Json');
    }
    for (const statement of statements as Array<{ Effect?: unknown; Action?: unknown; Principal?: unknown } | undefined>) {
      if (!statement?.Effect || !statement.Action) throw awsError('MalformedPolicyDocumentException', 'Syntax errors in policy.');
      if (!statement.Principal) throw awsError('MalformedPolicyDocumentException', 'Missing required field Principal');
      this.checkPrincipals(statement.Principal);
    }
  }

  /** A principal of this account has to exist when it is named; of other accounts only the form can be seen here. */
  private checkPrincipals(principal: unknown): void {
    const named = typeof principal === 'object' && principal !== null ? (principal as { AWS?: unknown }).AWS : undefined;
    for (const value of [named].flat().filter((one) => one !== undefined && one !== '*')) {
      const text = String(value);
      const match = /^arn:(aws|aws-us-gov|aws-cn):(?:iam|sts)::(\d{12}):(root|user\/.+|role\/.+|assumed-role\/.+)$/.exec(text);
      const lost = this.unknownAccounts.has(match?.[2] ?? text) || match?.[2] === this.account.accountId && match[3]!.startsWith('user/') && !this.account.users.has(match[3]!.split('/').at(-1)!);
      if ((!match && !/^(\d{12}|A[A-Z]{3}[A-Z0-9]{16,})$/.test(text)) || (match && match[1] !== this.account.partition) || lost) {
        throw awsError('MalformedPolicyDocumentException',
          `Invalid principal in policy: "AWS":"${text}"`);
      }
    }
  }
}

/** As IAM is known to give documents back: in one line, lists of one as a text, account IDs as ARNs, lists in an order of its own. */
export function rewritten(document: string): string {
  const rewrite = (value: unknown, key = ''): unknown => {
    if (Array.isArray(value)) {
      const items = value.map((item) => rewrite(item, key));
      return key === 'Statement' ? items : items.length === 1 ? items[0] : items.reverse();
    }
    if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, rewrite(item, name)]));
    return key === 'AWS' && /^\d{12}$/.test(String(value)) ? `arn:aws:iam::${value}:root` : value;
  };
  return JSON.stringify(rewrite(JSON.parse(document)));
}
