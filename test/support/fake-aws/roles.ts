import { awsError, type FakeAccount } from './account';

export interface RoleRecord {
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  readonly id: string;
  trust: string;
  readonly tags: Map<string, string>;
}

/** IAM's default quota for a trust policy, in characters without white space. */
const MAXIMUM_TRUST = 2048;

/** The roles of one account, with what IAM says of their trust policies. */
export class FakeRoles {
  private readonly roles = new Map<string, RoleRecord>();

  public constructor(private readonly account: FakeAccount) {}

  public create(name: string, trust: object | string, path = '/'): RoleRecord {
    const { accountId, partition } = this.account;
    const document = typeof trust === 'string' ? trust : JSON.stringify(trust);
    this.check(document);
    const arn = `arn:${partition}:iam::${accountId}:role${path}${name}`;
    const role: RoleRecord = { name, path, arn, id: `AROA${name.toUpperCase().padEnd(17, 'X').slice(0, 17)}`, trust: document, tags: new Map() };
    this.roles.set(name, role);
    return role;
  }

  public get(name: string): RoleRecord {
    const role = this.roles.get(name);
    if (!role) throw awsError('NoSuchEntityException', `The role with name ${name} cannot be found.`);
    return role;
  }

  /** Behind a function's back. */
  public delete(name: string): void {
    this.roles.delete(name);
  }

  public setTrust(name: string, document: string): void {
    const role = this.get(name);
    this.check(document);
    role.trust = document;
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
      const lost = match?.[2] === this.account.accountId && match[3]!.startsWith('user/') && !this.account.users.has(match[3]!.split('/').at(-1)!);
      if ((!match && !/^(\d{12}|A[A-Z]{3}[A-Z0-9]{16,})$/.test(text)) || (match && match[1] !== this.account.partition) || lost) {
        throw awsError('MalformedPolicyDocumentException',
          `Invalid principal in policy: "AWS":"${text}"`);
      }
    }
  }
}
