import { CreateRoleCommand, GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { ACCOUNTS } from './accounts';
import type { Stage } from './stage';
import { ExternalId } from '../../../src/service/external-id';
import { QUALYS_ACCOUNT_IDS } from '../../support/connector-service/account-type';
import { Clients } from '../../support/emulator/clients';

export const STAGING = '444444444444';
/** What the user of the example puts into cdk.json. */
export const EXTERNAL_ID_SEED = '58201937461122903847';
const QUALYS = QUALYS_ACCOUNT_IDS.Global;

export interface FleetRole {
  readonly accountId: string;
  readonly roleName: string;
  readonly externalId: string;
}

/** The roles of examples/migrate-existing-connectors, by the names of their connectors. */
export const FLEET = {
  Production: { accountId: ACCOUNTS.Production, roleName: 'qualys-cspm-read-only', externalId: '57203918466103957284' },
  Development: { accountId: ACCOUNTS.Development, roleName: 'QualysConnectorRole', externalId: '40952281773650912864' },
  Staging: { accountId: STAGING, roleName: 'QualysConnector', externalId: ExternalId.perAccountHash(EXTERNAL_ID_SEED)._forAccount(STAGING) },
} as const satisfies Record<string, FleetRole>;

export type FleetName = keyof typeof FLEET;
export const FLEET_NAMES = Object.keys(FLEET) as readonly FleetName[];

export const arnOf = ({ accountId, roleName }: FleetRole): string => `arn:aws:iam::${accountId}:role/${roleName}`;

const letsQualysIn = ({ externalId }: FleetRole) => ({
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${QUALYS}:root` },
  Action: 'sts:AssumeRole',
  Condition: { StringEquals: { 'sts:ExternalId': externalId } },
});

/**
 * What stands before this library comes: the role of Production, as the vendor's template makes it; that of Development, as a
 * person wrote it, for auditors too; and a connector for each at the service.
 */
export async function setUpFleet({ emulator, operator }: Stage): Promise<void> {
  const { Production, Development } = FLEET;
  await new Clients(emulator, Production.accountId).stacks.create('qualys-cspm-connector', {
    Resources: {
      QualysRole: {
        Type: 'AWS::IAM::Role',
        Properties: { RoleName: Production.roleName, AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [letsQualysIn(Production)] } },
      },
    },
  });
  const auditors = { Sid: 'Auditors', Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::555555555555:root' }, Action: 'sts:AssumeRole' };
  await new IAMClient(emulator.clientConfig(Development.accountId)).send(new CreateRoleCommand({
    RoleName: Development.roleName,
    AssumeRolePolicyDocument: JSON.stringify({ Statement: [auditors, letsQualysIn(Development)], Version: '2012-10-17' }, undefined, 4),
  }));
  for (const name of ['Production', 'Development'] as const) await operator.createConnector({ name, arn: arnOf(FLEET[name]), externalId: FLEET[name].externalId });

}

/** The trust policy of a role, byte for byte. */
export async function trustOf({ emulator }: Stage, { accountId, roleName }: FleetRole): Promise<string> {
  const { Role } = await new IAMClient(emulator.clientConfig(accountId)).send(new GetRoleCommand({ RoleName: roleName }));
  return decodeURIComponent(Role!.AssumeRolePolicyDocument!);
}
