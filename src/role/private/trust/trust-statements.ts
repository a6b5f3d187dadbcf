import { Aws, Token } from 'aws-cdk-lib';
import { ArnPrincipal, PolicyDocument, PolicyStatement, PrincipalBase, PrincipalPolicyFragment } from 'aws-cdk-lib/aws-iam';
import { QUALYS_ACCOUNT } from './qualys-account';
import type { IBaseAccountUser } from '../../../base-account/base-account-user-attributes';
import { givenNames } from '../../../private/final-name';

/** A part of a trust principal, as far as it is resolved for one stack. */
export interface TrustedPart {
  /** The Qualys account, and not a base account. */
  readonly isQualys: boolean;
  readonly accountId: string;
  /** The one user of the account that may come. */
  readonly userArn?: string;
  /** The construct of that user, where the code has it. */
  readonly user?: IBaseAccountUser;
  readonly organizationId?: string;
}

/** An account that may assume a connector role. */
export interface TrustedAccount extends TrustedPart {
  /** Fixed, so that a change of trust reads as statements that come and go: `QualysAccount`, `BaseAccount`, `BaseAccount2` and so on. */
  readonly sid: string;
}

/** In the order of their statements, whatever order they were given in. Throws for what is there twice. */
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

/** A whole account includes its users. What only the deployment knows is taken to be another one. */
function covers(one: TrustedPart, other: TrustedPart): boolean {
  if (one.accountId !== other.accountId || Token.isUnresolved(one.accountId)) return false;
  return one.userArn === undefined || userOf(one) === userOf(other);
}

/** Path and name of the user, as the code gives them; its place in the tree where only the deployment knows them. */
function userOf({ user, userArn }: TrustedPart): string | undefined {
  if (!user) return userArn?.split(':user').at(-1);
  const { name, path } = user.node.defaultChild ? givenNames(user.node.defaultChild) : { name: user.userName, path: user.userPath };
  return name === undefined || [name, path].some((text) => Token.isUnresolved(text)) ? user.node.path : path + name;
}

/** Tokens are numbered as they are made, which says nothing: what is only known in the deployment stays in the order in which it was given. */
function orderOf(part: TrustedPart): string {
  return [part.accountId, userOf(part) ?? ''].map((text) => (Token.isUnresolved(text) ? '' : text)).join(' ');
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Whom a role trusts, in words. Users have the names that they have after all aspects. */
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
 * One statement an account. The principal is the account's root and never a user: IAM keeps a user's internal ID, so that
 * a user made anew under the same name would be locked out of every role. Conditions narrow it instead.
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

/** Lets `iam.Role` take the statements as they are. */
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

/** Not `AccountPrincipal`, which would make the partition a literal under a feature flag of CDK. */
function rootOf(accountId: string): ArnPrincipal {
  return new ArnPrincipal(`arn:${Aws.PARTITION}:iam::${accountId}:root`);
}
