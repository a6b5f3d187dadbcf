/** What crosses the wire for the trust of existing roles: types and constants only, every scalar a string. */
import type { Flag } from './common';

export const ROLE_TRUST_RESOURCE_TYPE = 'Custom::QualysRoleTrust';

/** Where the records stand in Parameter Store. */
export const ROLE_TRUST_RECORD_PREFIX = '/cdk-qualys-connectors/role-trust';

/** The name of a role's record. Parameter Store knows neither `+ = ,` nor `@`: a dot and the character's code in hexadecimal stand for each. */
export function roleTrustRecordNameOf(roleName: string): string {
  return `${ROLE_TRUST_RECORD_PREFIX}/${roleName.replace(/[^\w.-]/g, (character) => `.${character.charCodeAt(0).toString(16).toUpperCase()}`)}`;
}

/** Environment variable of the function with the {@link RoleTrustProperties} that it was deployed for, as JSON; long statements by their hash. */
export const ROLE_TRUST_VARIABLE = 'ROLE_TRUST';

/** A statement exactly as a connector role has it (trust-statements.ts). */
export interface TrustStatement {
  /** `QualysAccount`, `BaseAccount`, `BaseAccount2` and so on. */
  readonly Sid: string;
  readonly Effect: 'Allow';
  /** The account's root. */
  readonly Principal: { readonly AWS: string };
  readonly Action: 'sts:AssumeRole';
  readonly Condition: {
    readonly StringEquals: { readonly 'sts:ExternalId': string; readonly 'aws:PrincipalOrgID'?: string };
    readonly ArnEquals?: { readonly 'aws:PrincipalArn': string };
  };
}

export interface RoleTrustProperties {
  readonly SchemaVersion: string;
  /** With its path; the role is in the stack's account. */
  readonly RoleArn: string;
  readonly ExternalId: string;
  /** The statements that let the connector service in, at least one. */
  readonly Statements: TrustStatement[];
  /** Accounts that the service may have called from before, 12 digits each. */
  readonly FormerAccountIds: string[];
  readonly AdoptExisting: Flag;
  /** Name of the record in Parameter Store. */
  readonly RecordName: string;
}
