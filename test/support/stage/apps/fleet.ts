import { Duration, Stack } from 'aws-cdk-lib';
import { Platform, serviceFor } from './service';
import { ActivationModule } from '../../../../src/connector/activation-module';
import { AssetTag } from '../../../../src/connector/asset-tag';
import { AccountRemovalPolicy } from '../../../../src/fleet/account-removal-policy';
import { ConnectorFleet } from '../../../../src/fleet/connector-fleet';
import { ConnectorNaming } from '../../../../src/fleet/connector-naming';
import { ConnectedAccounts } from '../../../../src/role/connected-accounts';
import { ExternalId } from '../../../../src/service/external-id';

export const SET = 'QualysRoles';
export const UNIT = 'ou-ab12-c3d4e5f6';
export const PREFIX = '40952281773650912864';
export const ROLE_NAME = 'QualysConnector';

/** A fleet in plain data: over a stack set of a delegated administrator unless it says otherwise. */
export interface FleetApp {
  readonly id?: string;
  readonly accountIds?: readonly string[];
  readonly units?: boolean;
  /** Beside those of `accountIds`. */
  readonly stackSet?: boolean;
  readonly excludeAccounts?: readonly string[];
  readonly roleName?: string;
  readonly prefix?: string;
  readonly byAccountId?: boolean;
  readonly pollingMinutes?: number;
  readonly activation?: ReadonlyArray<'VM' | 'PC'>;
  readonly tagIds?: readonly number[];
  readonly adoptExisting?: boolean;
  readonly removal?: 'keep' | 'disable' | 'remove';
  readonly maxAtOnce?: number;
  readonly callsPerHour?: number;
  readonly platform?: Platform;
}

/** The one place where tests of the handlers know the props of a fleet. */
export function fleetApp(stack: Stack, app: FleetApp): void {
  const { id = 'Fleet', accountIds, units, stackSet, excludeAccounts, roleName = ROLE_NAME, byAccountId, prefix = 'aws-', pollingMinutes, activation, tagIds, removal = 'disable' } = app;
  const { adoptExisting, callsPerHour, platform, maxAtOnce } = app;
  const role = { roleName, externalId: ExternalId.perAccount(PREFIX) };
  const options = { excludeAccounts: excludeAccounts && [...excludeAccounts] };
  new ConnectorFleet(stack, id, {
    service: serviceFor(stack, platform),
    accounts: [
      ...accountIds ? [ConnectedAccounts.fromAccountIds([...accountIds], role)] : [],
      ...units ? [ConnectedAccounts.fromOrganizationalUnits([UNIT], role, options)] : [],
      ...stackSet ?? !(accountIds || units) ? [ConnectedAccounts.fromStackSet(SET, role, options)] : [],
    ],
    naming: byAccountId ? ConnectorNaming.byAccountId(prefix) : ConnectorNaming.byAccountName(prefix),
    pollingInterval: pollingMinutes === undefined ? undefined : Duration.minutes(pollingMinutes),
    activationModules: activation?.map((name) => ActivationModule.of(name)),
    defaultTags: tagIds?.map((tag) => AssetTag.id(tag)),
    adoptExisting,
    onAccountRemoval: removal === 'keep' ? AccountRemovalPolicy.keep() : AccountRemovalPolicy[removal]({ maxAtOnce }),
    callsPerHour,
  });
}
