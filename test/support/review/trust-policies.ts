import { seededRandom } from '../seeded';

/* Trust policies as people write them, and as they should not; and callers who try them all. */

export const ROLE_ACCOUNT = '222233334444';
export const BASE = '111122223333';
export const STRANGER = '999988887777';
export const QUALYS = '805950163170';
export const EXTERNAL_ID = '83172650944188230571';
const ORGANIZATION = 'o-a1b2c3d4e5';

/** A caller of `sts:AssumeRole`, with what stands in its request. */
export interface Caller {
  readonly account: string;
  /** `user/qualys`, `role/Admin` or the name of a service. */
  readonly name: string;
  readonly externalId?: string;
  readonly organization?: string;
  readonly sourceIp?: string;
}

const names = ['user/qualys', 'user/other', 'role/Admin'];
export const CALLERS: readonly Caller[] = [
  ...[BASE, STRANGER, QUALYS, ROLE_ACCOUNT].flatMap((account) => names.map((name): Caller => (
    { account, name, externalId: EXTERNAL_ID, organization: account === BASE ? ORGANIZATION : undefined }))),
  { account: BASE, name: 'user/qualys', externalId: `${EXTERNAL_ID}1`, organization: ORGANIZATION, sourceIp: '203.0.113.9' },
  { account: BASE, name: 'user/qualys', organization: ORGANIZATION },
  { account: STRANGER, name: 'role/Admin', sourceIp: '203.0.113.9' },
  { account: QUALYS, name: 'role/Admin', externalId: EXTERNAL_ID.toLowerCase() },
];

type Json = Readonly<Record<string, unknown>>;

const PRINCIPALS: readonly unknown[] = [
  '*', { AWS: '*' }, { AWS: BASE }, { AWS: `arn:aws:iam::${BASE}:root` }, { AWS: `arn:aws:iam::${BASE}:user/qualys` }, { AWS: [`arn:aws:iam::${STRANGER}:root`, BASE] },
  { AWS: QUALYS }, { AWS: `arn:aws:iam::${STRANGER}:role/Admin` }, { AWS: STRANGER }, { AWS: `arn:aws:iam::${ROLE_ACCOUNT}:root` },
  { Service: 'lambda.amazonaws.com' }, { Service: ['ec2.amazonaws.com'], AWS: QUALYS }, { AWS: 'AIDAABCDEFGHIJKLMNOPQ' },
  { Federated: 'cognito-identity.amazonaws.com' }, { CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' },
];
const ACTIONS: readonly Json[] = [
  ...Array.from({ length: 4 }, () => ({ Action: 'sts:AssumeRole' })), { Action: ['sts:TagSession', 'STS:assumerole'] }, { Action: 'sts:*' }, { Action: '*' }, { Action: 'sts:Assume*' },
  { NotAction: 'sts:TagSession' }, { NotAction: 'sts:AssumeRole' }, { Action: 'sts:TagSession' },
];
const CONDITIONS: readonly Json[] = [
  ...Array.from({ length: 3 }, () => ({ StringEquals: { 'sts:ExternalId': EXTERNAL_ID } })),
  {}, { StringLike: { 'sts:ExternalId': '8317*' } }, { StringEquals: { 'STS:externalid': [EXTERNAL_ID, `${EXTERNAL_ID}1`] } },
  { StringEqualsIfExists: { 'sts:ExternalId': EXTERNAL_ID } }, { StringEqualsIgnoreCase: { 'sts:ExternalId': EXTERNAL_ID } }, { 'ForAllValues:StringEquals': { 'sts:ExternalId': EXTERNAL_ID } },
  { StringNotEquals: { 'sts:ExternalId': 'x' } }, { StringEquals: { 'sts:ExternalId': EXTERNAL_ID }, StringLike: { 'sts:ExternalId': '*' } },
  { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${BASE}:user/qualys` } }, { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${BASE}:user/*` } },
  { ArnEquals: { 'aws:principalarn': [`arn:aws:iam::${BASE}:user/qualys`, `arn:aws:iam::${STRANGER}:role/Admin`] } },
  { ArnNotEquals: { 'aws:PrincipalArn': `arn:aws:iam::${BASE}:user/qualys` } }, { ArnEqualsIfExists: { 'aws:PrincipalArn': `arn:aws:iam::${BASE}:user/qualys` } },
  { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION } }, { StringEquals: { 'sts:ExternalId': EXTERNAL_ID, 'aws:PrincipalOrgID': ORGANIZATION } },
  { StringNotEquals: { 'aws:PrincipalOrgID': ORGANIZATION } }, { Null: { 'sts:ExternalId': 'true' } }, { Null: { 'sts:ExternalId': 'false' } },
  { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
  { StringEquals: { 'sts:ExternalId': EXTERNAL_ID }, ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${BASE}:user/qualys` } },
];

/** A policy of one to three statements. */
function trustPolicy(random: () => number): Json {
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const statement = (): Json => {
    const denies = random() < 0.12;
    const principal = random() < 0.06 ? { NotPrincipal: { AWS: `arn:aws:iam::${STRANGER}:root` } } : { Principal: one(PRINCIPALS) };
    const condition = one(CONDITIONS);
    return {
      ...random() < 0.3 && { Sid: one(['BaseAccount', 'QualysAccount', 'Statement']) },
      Effect: denies ? 'Deny' : 'Allow',
      ...principal,
      ...one(ACTIONS),
      ...Object.keys(condition).length > 0 && { Condition: condition },
    };
  };
  const statements = Array.from({ length: 1 + Math.floor(random() * 3) }, statement);
  return { Version: '2012-10-17', Statement: statements.length === 1 && random() < 0.5 ? statements[0] : statements };
}

export function trustPolicies(count: number, seed: number): Json[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => trustPolicy(random));
}

/** Whether a line of `callersOf` says that this caller gets in. What is asked beyond the external ID and the organization is taken to be met. */
export function says(line: string, caller: Caller): boolean {
  return namesIt(line, caller) && meets(line, caller);
}

function namesIt(line: string, { account, name }: Caller): boolean {
  const [who = ''] = line.split(/, with /);
  if (/^Everybody/.test(who)) return true;
  const [, number, kind, named] = /^(?:Base account |Qualys account |Account )(\d{12})(?:, (user|role) (.+))?$/.exec(who) ?? [];
  return number === account && (named === undefined || `${kind}/${named}` === name);
}

function meets(line: string, { externalId, organization }: Caller): boolean {
  const asked = line.split(/, with /)[1]?.split(', ') ?? [];
  return asked.every((one) => {
    const id = /^external ID (?!by )(.+)$/.exec(one)?.[1];
    if (id !== undefined) return externalId !== undefined && id.split(' or ').includes(externalId);
    const org = /^organization (.+)$/.exec(one)?.[1];
    return org === undefined || organization === org;
  });
}
