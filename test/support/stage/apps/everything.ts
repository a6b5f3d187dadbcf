import { Stack } from 'aws-cdk-lib';
import { BaseAccountApp, baseAccountApp } from './base-account';
import { connectorApp, lookupApp } from './connector';
import { fleetApp } from './fleet';
import { roleTrustApp } from './role-trust';

/** An account whose role the key is tried on. */
export const TRIED = '222222222222';

/** One resource of each type, with as many properties as there are. */
export function everythingApp(stack: Stack, app: BaseAccountApp): void {
  baseAccountApp(stack, { useInAssetView: true, notify: true, verifyAccessTo: [[TRIED]], ...app });
  connectorApp(stack, { description: 'Everything', activation: ['VM'], regions: ['us-east-1'] });
  fleetApp(stack, { activation: ['VM'], tagIds: [7], excludeAccounts: ['000000000099'] });
  lookupApp(stack, {});
  roleTrustApp(stack, {});
}
