import { Aws, Token } from 'aws-cdk-lib';
import { ArnPrincipal, PolicyDocument, PolicyStatement, PrincipalBase, PrincipalPolicyFragment } from 'aws-cdk-lib/aws-iam';
import { QUALYS_ACCOUNT } from './qualys-account';
import type { IBaseAccountUser } from '../../../base-account/base-account-user-attributes';
import { givenNames } from '../../../private/final-name';

/** A part of a trust principal, as far as it is resolved for one stack. */
export interface TrustedPart {
  /** Whether it is the Qualys account. */
  readonly isQualys: boolean;
  readonly accountId: string;
  /** The only user of the account that may assume the role. */
  readonly userArn?: string;
  /** The construct of that user, if the code has it. */
  readonly user?: IBaseAccountUser;
  readonly organizationId?: string;
}

/** An account that may assume a connector role. */
export interface TrustedAccount extends TrustedPart {
  /**
   * A fixed name, so that a change of trust shows as added and removed statements: `QualysAccount`, `BaseAccount`, `BaseAccount2` and so
   * on.
   */
  readonly sid: string;
}

/** Sorts the accounts in the order of their statements. Throws for an account or user that is given twice. */
export function inOrder(parts: readonly TrustedPart[]): TrustedAccount[] {
  const qualys = parts.filter(({ isQualys }) => isQualys);
  const bases = parts.filter(({ isQualys }) => !isQualys).sort((one, other) => compare(orderOf(one), orderOf(other)));
  if (qualys.length > 1) throw new Error(`anyOf() takes one Qualys account at most, got ${qualys.length}: a platform calls from one`);
  parts.forEach((one, index) => {
    const twice = parts.slice(index + 1).find((other) => covers(one, other) || covers(other, one));
    if (twice) throw new Error(`anyOf() takes each account and user once, got ${named(one)} and ${named(twice)}: leave one of them out`);

  });
  return [
    ...qualys.map((part) => ({ ...part, sid: 'QualysAccount' })),
    ...bases.map((part, index) => ({ ...part, sid: `BaseAccount${index === 0 ? '' : index + 1}` })),
  ];
}

/** Whether two accounts are the same; a whole account includes its users. An account that only the deployment knows counts as another one. */
function covers(one: TrustedPart, other: TrustedPart): boolean {
  if (one.accountId !== other.accountId || Token.isUnresolved(one.accountId)) return false;
  return one.userArn === undefined || userOf(one) === userOf(other);
}

/** Path and name of the user as the code gives them, or its place in the construct tree if only the deployment knows them. */
function userOf({ user, userArn }: TrustedPart): string | undefined {
  if (!user) return userArn?.split(':user').at(-1);
  const { name, path } = user.node.defaultChild ? givenNames(user.node.defaultChild) : { name: user.userName, path: user.userPath };
  return name === undefined || [name, path].some((text) => Token.isUnresolved(text)) ? user.node.path : path + name;
}

/** Compares known texts. The text of a token depends on when it was made, so tokens stay in the given order. */
function orderOf(part: TrustedPart): string {
  return [part.accountId, userOf(part) ?? ''].map((text) => (Token.isUnresolved(text) ? '' : text)).join(' ');
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Whom a role trusts, in words, with the names of users after all aspects. */
export function trustInWords(accounts: readonly TrustedPart[]): string {
  const words = accounts.map((part) => {
    if (part.isQualys) return part.accountId === QUALYS_ACCOUNT || Token.isUnresolved(part.accountId) ? 'the Qualys account' : named(part);
    return Token.isUnresolved(part.accountId) ? 'an account that only the deployment knows' : named(part);
  });
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function named(part: TrustedPart): string {
  const user = userOf(part)?.replace(/^\//, '');
  return `${part.isQualys ? 'the Qualys account' : 'the base account'} ${part.accountId}${user === undefined || Token.isUnresolved(user) ? '' : ` (user ${user})`}`;
}

/**
 * One statement an account. The principal is the account's root and never a user: IAM stores a user's internal ID, so a new user of the
 * same name would be locked out of every role. Conditions limit the principal instead.
 */
export function trustStatements(accounts: TrustedAccount[], externalId: string): PolicyStatement[] {
  return accounts.map(({ sid, accountId, userArn, organizationId }) => new PolicyStatement({
    sid,
    principals: [rootOf(accountId)],
    actions: ['sts:AssumeRole'],
    conditions: {
      StringEquals: {
        'sts:ExternalId': externalId,
        ...(organizationId === undefined ? {} : { 'aws:PrincipalOrgID': organizationId }),
      },
      ...(userArn === undefined ? {} : { ArnEquals: { 'aws:PrincipalArn': userArn } }),
    },
  }));
}

/** Makes `iam.Role` use the statements as they are. */
export class ConnectorServicePrincipal extends PrincipalBase {
  public constructor(private readonly accounts: TrustedAccount[], private readonly externalId: string) {
    super();
  }

  public get policyFragment(): PrincipalPolicyFragment {
    return new PrincipalPolicyFragment({ AWS: this.accounts.map(({ accountId }) => rootOf(accountId).arn) });
  }

  public override addToAssumeRolePolicy(document: PolicyDocument): void {
    document.addStatements(...trustStatements(this.accounts, this.externalId));
  }

  public dedupeString(): string | undefined {
    return undefined;
  }
}

/** `AccountPrincipal` would make the partition a literal under a feature flag of CDK. */
function rootOf(accountId: string): ArnPrincipal {
  return new ArnPrincipal(`arn:${Aws.PARTITION}:iam::${accountId}:root`);
}
