import { parseTrustRecord, TrustRecord } from '../../../lambda/role-trust/record';
import { roleTrust } from '../../../lambda/role-trust/role-trust';
import { customResourceHandler } from '../../../lambda/runtime/custom-resource';
import type { Outbound } from '../../../lambda/runtime/resource';
import { ROLE_TRUST_RESOURCE_TYPE, RoleTrustProperties, TrustStatement } from '../../../src/wire/role-trust';
import { Answers } from '../../support/cloudformation/answers';
import { StackResource } from '../../support/cloudformation/stack-resource';
import { Calls } from '../../support/fake-aws/calls';
import { FakeRole } from '../../support/fake-aws/role';
import { fakeTrustRecords } from '../../support/fake-aws/trust-records';
import { FakeClock } from '../../support/fake-clock';

export const QUALYS = '805950163170';
export const BASE = '111122223333';
export const EXTERNAL_ID = '83172650944188230571';
export const ROLE_NAME = 'QualysCSPMReadOnlyRole';
export const ROLE_ARN = `arn:aws:iam::222233334444:role/${ROLE_NAME}`;
export const RECORD = `/cdk-qualys-connectors/role-trust/${ROLE_NAME}`;

const root = (accountId: string) => `arn:aws:iam::${accountId}:root`;

export function fromQualys(externalId = EXTERNAL_ID, accountId = QUALYS): TrustStatement {
  return {
    Sid: 'QualysAccount', Effect: 'Allow', Principal: { AWS: root(accountId) }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'sts:ExternalId': externalId } },
  };
}

export function fromBase(externalId = EXTERNAL_ID, accountId = BASE): TrustStatement {
  return {
    Sid: 'BaseAccount',
    Effect: 'Allow',
    Principal: { AWS: root(accountId) },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': externalId }, ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${accountId}:user/qualys` } },
  };
}

/** What the trust of a role may be switched to. */
export const TRUSTS = { qualys: [fromQualys()], both: [fromQualys(), fromBase()], base: [fromBase()] };

/** A statement as the vendor's templates write it, and one of somebody else. */
export const VENDOR = '{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::805950163170:root"},"Action":"sts:AssumeRole",'
  + `"Condition":{"StringEquals":{"sts:ExternalId":"${EXTERNAL_ID}"}}}`;
export const SOMEBODY = '{ "Sid": "Audit",\t"Effect": "Allow", "Principal": {"Service": ["ec2.amazonaws.com"]},  "Action": "sts:AssumeRole" }';

/** A role that exists already, in a document of these statements. */
export const documentOf = (...statements: string[]) => `{\n  "Version": "2012-10-17",\n  "Statement": [\n    ${statements.join(',\n    ')}\n  ]\n}`;

/** Roles and Parameter Store, and stacks that edit the ones and write the other. */
export class RoleTrustWorld {
  public readonly roles = new Map<string, FakeRole>();
  public readonly role: FakeRole;
  public readonly parameters = new Map<string, string>();
  /** Logical IDs of what stacks keep, besides the one that is looked at. */
  public readonly kept = new Set<string>();
  public readonly log: string[] = [];
  /** Breaks one outbound call of the next request. */
  public calls = new Calls();
  private readonly clock = new FakeClock();
  private readonly answers = new Answers(async () => { throw new Error('nothing else is called'); });

  public constructor(document: string | undefined = documentOf(VENDOR, SOMEBODY)) {
    this.role = new FakeRole(document);
    this.roles.set(ROLE_NAME, this.role);
  }

  /** The resource as one stack has it. */
  public resource(options: { readonly stackName?: string; readonly logicalId?: string } = {}): StackResource {
    const counted = (outbound: Outbound): Outbound => (step, call) => outbound(step, () => this.calls.outbound(step, call));
    const handler = customResourceHandler(roleTrust({
      clock: this.clock,
      random: () => 0.5,
      role: (roleName, outbound) => (this.roles.get(roleName) ?? new FakeRole(undefined)).port(counted(outbound)),
      records: (name, outbound) => fakeTrustRecords(this.parameters, name, counted(outbound)),
      stack: (_, outbound) => ({ keeps: (logicalId) => counted(outbound)('cloudformation:DescribeStackResource', async () => this.kept.has(logicalId)) }),
    }), { fetch: this.answers.fetch, clock: this.clock, random: () => 0.5, write: (line) => { this.log.push(line); } });
    return new StackResource({ handler, answers: this.answers, resourceType: ROLE_TRUST_RESOURCE_TYPE, ...options });
  }

  public properties(trust: keyof typeof TRUSTS | TrustStatement[] = 'both', changes: Partial<RoleTrustProperties> = {}): RoleTrustProperties {
    return {
      SchemaVersion: '1',
      RoleArn: ROLE_ARN,
      ExternalId: EXTERNAL_ID,
      Statements: typeof trust === 'string' ? TRUSTS[trust] : trust,
      FormerAccountIds: [QUALYS],
      AdoptExisting: 'false',
      RecordName: RECORD,
      ...changes,
    };
  }

  /** The statements as they stand. */
  public get statements(): Record<string, any>[] {
    return [JSON.parse(this.role.document!).Statement].flat();
  }

  public get record(): TrustRecord | undefined {
    const value = this.parameters.get(RECORD);
    return value === undefined ? undefined : parseTrustRecord(value, RECORD);
  }

  /** What the calls of one request were. */
  public async stepsOf(request: () => Promise<unknown>): Promise<string[]> {
    this.calls = new Calls();
    await request();
    return this.calls.steps;
  }
}
