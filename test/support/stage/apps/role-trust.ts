import { Stack } from 'aws-cdk-lib';
import { ConnectorRoleTrust } from '../../../../src/role/connector-role-trust';
import { TrustPrincipal } from '../../../../src/role/trust-principal';
import { ExternalId } from '../../../../src/service/external-id';

export const QUALYS = '805950163170';
export const BASE = '111122223333';
export const EXTERNAL_ID = '83172650944188230571';
export const ROLE_NAME = 'QualysCSPMReadOnlyRole';

/** Whom the service calls from: the Qualys account, a base account, or both. */
export type Trust = 'qualys' | 'both' | 'base';

/** The trust of a role that exists already, in plain data. */
export interface RoleTrustApp {
  readonly id?: string;
  /** `both` unless given. */
  readonly trust?: Trust;
  readonly roleName?: string;
  readonly path?: string;
  readonly externalId?: string;
  /** The account that `base` stands for. */
  readonly baseAccountId?: string;
  readonly organizationId?: string;
  readonly formerAccountIds?: readonly string[];
  readonly adoptExisting?: boolean;
}

/** The one place where tests of the handlers know the props of a role's trust. */
export function roleTrustApp(stack: Stack, app: RoleTrustApp): void {
  const { id = 'Trust', trust = 'both', roleName = ROLE_NAME, externalId = EXTERNAL_ID, baseAccountId = BASE } = app;
  const { path, adoptExisting, formerAccountIds, organizationId } = app;
  const qualys = TrustPrincipal.qualysAccount({ accountId: QUALYS });
  const base = TrustPrincipal.baseAccount(baseAccountId, { userName: 'qualys', organizationId });
  new ConnectorRoleTrust(stack, id, {
    roleName,
    path,
    trust: { qualys, base, both: TrustPrincipal.anyOf(qualys, base) }[trust],
    externalId: ExternalId.of(externalId),
    formerAccountIds: formerAccountIds && [...formerAccountIds],
    adoptExisting,
  });
}
