import type { Asked } from './scene';
import { EXTERNAL_ID, fromBase, fromQualys, QUALYS, SOMEBODY, VENDOR } from '../../handlers/role-trust/world';

export const ROLE = 'QualysCSPMReadOnlyRole';

/** As the vendor's template made it, with a statement of somebody else. */
export const TRUST = `{ "Version":"2012-10-17",\n "Statement": [${VENDOR},\n ${SOMEBODY}] }`;

export const TRUST_RECORD = `/cdk-qualys-connectors/role-trust/${ROLE}`;

/** What the trust of a role is deployed with. */
export function roleTrustRequest(accountId: string): Asked {
  return {
    handler: 'role-trust',
    resourceType: 'Custom::QualysRoleTrust',
    logicalId: 'Trust',
    physicalId: `qualys-role-trust:${accountId}:${ROLE}`,
    properties: {
      SchemaVersion: '1',
      RoleArn: `arn:aws:iam::${accountId}:role/${ROLE}`,
      ExternalId: EXTERNAL_ID,
      Statements: [fromQualys(), fromBase()],
      FormerAccountIds: [QUALYS],
      AdoptExisting: 'false',
      RecordName: TRUST_RECORD,
    },
    optional: ['Statements.1.Condition.ArnEquals'],
  };
}
