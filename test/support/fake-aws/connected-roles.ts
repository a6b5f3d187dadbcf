/** A role of another account, and whom it lets in. */
export interface ConnectedRole {
  readonly externalId: string;
  /** Default: everybody. */
  readonly trusts?: (callerArn: string) => boolean;
  /** The external ID that comes is not compared as it should be. */
  readonly compares?: (externalId: string) => boolean;
  /** Since when, in milliseconds: IAM takes its time. */
  readonly since?: number;
}

/** A call of `sts:AssumeRole`. */
export interface RoleCall {
  readonly roleArn: string;
  readonly externalId?: string;
  readonly callerArn: string;
}

/** Roles that stand in other accounts, as STS answers for them. */
export class ConnectedRoles {
  /** Every call, in order. */
  public readonly calls: RoleCall[] = [];
  private readonly roles = new Map<string, ConnectedRole>();

  public constructor(private readonly now: () => number) {}

  public set(accountId: string, role: ConnectedRole, { name = 'QualysConnector', partition = 'aws' } = {}): void {
    this.roles.set(`arn:${partition}:iam::${accountId}:role/${name}`, role);
  }

  public letsIn(call: RoleCall): boolean {
    this.calls.push(call);
    const role = this.roles.get(call.roleArn);
    if (!role || this.now() < (role.since ?? 0)) return false;
    const { externalId, trusts = () => true, compares = (given) => given === externalId } = role;
    return call.externalId !== undefined && compares(call.externalId) && trusts(call.callerArn);
  }
}
