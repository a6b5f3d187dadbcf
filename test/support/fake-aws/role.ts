import { awsError } from './account';
import type { RolePolicy } from '../../../lambda/role-trust/ports';
import type { Outbound } from '../../../lambda/runtime/resource';

/** A refusal as the SDK throws it. */
export function refusal(name: string, message: string): Error {
  return Object.assign(awsError(name, message), { $fault: 'client', $metadata: { httpStatusCode: 400 } });
}

/** One role of IAM, as far as its trust policy goes. */
export class FakeRole {
  /** Every document that was written, in order. */
  public readonly written: string[] = [];
  /** IAM keeps what a document means, not its text. */
  public rewrites = false;
  /** How many reads still answer what was there before the last write. */
  public staleReads = 0;
  /** Accounts that do not exist. */
  public readonly unknownAccounts = new Set<string>();
  private before?: string;

  /** @param document undefined: there is no such role */
  public constructor(public document: string | undefined) {}

  /** As a person changes it. */
  public change(document: string | undefined): void {
    this.document = document;
    this.before = undefined;
  }

  public port(outbound: Outbound): RolePolicy {
    return {
      read: () => outbound('iam:GetRole', async () => {
        if (this.before !== undefined && this.staleReads > 0) {
          this.staleReads--;
          return this.before;
        }
        return this.document;
      }),
      write: (document) => outbound('iam:UpdateAssumeRolePolicy', async () => this.write(document)),
    };
  }

  private write(document: string): void {
    if (this.document === undefined) throw refusal('NoSuchEntityException', 'The role cannot be found.');
    if (document.replace(/\s/g, '').length > 2048) throw refusal('LimitExceededException', 'Cannot exceed quota for ACLSizePerRole: 2048');
    const unknown = [...this.unknownAccounts].find((accountId) => document.includes(accountId));
    if (unknown !== undefined) throw refusal('MalformedPolicyDocumentException', `Invalid principal in policy: "AWS":"arn:aws:iam::${unknown}:root"`);
    JSON.parse(document);
    this.written.push(document);
    this.before = this.document;
    this.document = this.rewrites ? rewritten(document) : document;
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
