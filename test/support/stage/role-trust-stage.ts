import { EXTERNAL_ID, QUALYS, ROLE_NAME, RoleTrustApp, roleTrustApp, Trust } from './apps/role-trust';
import { Stage, StageOptions } from './stage';
import { synthesized } from './synthesized';
import { parseTrustRecord, TrustRecord } from '../../../lambda/role-trust/record';
import { resolve } from '../cloudformation/intrinsics';

/** A statement as the vendor's templates write it, and one of somebody else. */
export const VENDOR = `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::${QUALYS}:root"},"Action":"sts:AssumeRole",`
  + `"Condition":{"StringEquals":{"sts:ExternalId":"${EXTERNAL_ID}"}}}`;
export const SOMEBODY = '{ "Sid": "Audit",\t"Effect": "Allow", "Principal": {"Service": ["ec2.amazonaws.com"]},  "Action": "sts:AssumeRole" }';

/** Statements of a role that exists already, in a document as a person writes it. */
export const documentOf = (...statements: string[]) => `{\n  "Version": "2012-10-17",\n  "Statement": [\n    ${statements.join(',\n    ')}\n  ]\n}`;

export const ORIGINAL = documentOf(VENDOR, SOMEBODY);

/** The statements that the library asks for, as its constructs make them, in the order of keys in which the function writes them. */
export function statementsOf(app: RoleTrustApp): Array<Record<string, any>> {
  const { Statements } = synthesized(roleTrustApp, { ...app, id: undefined }).Resources.Trust!.Properties!;
  const resolved: Array<Record<string, any>> = resolve(Statements, { ref: () => 'aws', attribute: () => '' });
  return resolved.map(({ Sid, Effect, Principal, Action, Condition }) => ({ Sid, Effect, Principal, Action, Condition }));
}

export const TRUSTS: Readonly<Record<Trust, ReturnType<typeof statementsOf>>> = {
  get qualys() { return statementsOf({ trust: 'qualys' }); },
  get both() { return statementsOf({ trust: 'both' }); },
  get base() { return statementsOf({ trust: 'base' }); },
};

export interface RoleTrustStageOptions extends StageOptions {
  /** What the role's trust policy is before, taken as it is. */
  readonly document?: string;
}

/** A stack that edits the trust of a role which stands already. */
export class RoleTrustStage extends Stage<RoleTrustApp> {
  public constructor({ document = ORIGINAL, ...options }: RoleTrustStageOptions = {}) {
    super(roleTrustApp, options);
    if (options.beside) return;
    this.roles.create(ROLE_NAME, ORIGINAL);
    this.roles.change(ROLE_NAME, document);
  }

  public get roles() {
    return this.world.aws.account.roles;
  }

  public get role() {
    return this.roles.get(ROLE_NAME);
  }

  public get document(): string {
    return this.role.trust;
  }

  /** As a person changes it. */
  public set document(document: string) {
    this.roles.change(ROLE_NAME, document);
  }

  public get statements(): Array<Record<string, any>> {
    return [JSON.parse(this.document).Statement].flat();
  }

  public get recordName(): string {
    return synthesized(this.build, {}).Resources.Trust!.Properties!.RecordName;
  }

  public get trustRecord(): TrustRecord | undefined {
    const value = this.world.aws.parameters.get(this.recordName);
    return value === undefined ? undefined : parseTrustRecord(value, this.recordName);
  }

  /** The calls that something makes, but for the answers. */
  public async steps(work: () => Promise<unknown>): Promise<string[]> {
    const { traffic } = this.world;
    traffic.calls = [];
    await work();
    return traffic.calls.filter(({ surface }) => surface !== 'answer').map(({ step }) => step);
  }
}
