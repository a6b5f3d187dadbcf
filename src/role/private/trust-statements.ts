import { Aws } from 'aws-cdk-lib';
import { ArnPrincipal, PolicyDocument, PolicyStatement, PrincipalBase, PrincipalPolicyFragment } from 'aws-cdk-lib/aws-iam';

/** An account that may assume a connector role, as far as it is resolved for one stack. */
export interface TrustedAccount {
  /** Fixed, so that a change of trust reads as statements that come and go. */
  readonly sid: 'QualysAccount' | 'BaseAccount';
  readonly accountId: string;
  /** The one user of the account that may come. */
  readonly userArn?: string;
  readonly organizationId?: string;
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
