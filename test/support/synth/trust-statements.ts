import { Stack } from 'aws-cdk-lib';
import { Place, PLACES, stackIn, Statement, trustPolicy } from './policies';
import { ConnectorPermissions } from '../../../src/role/connector-permissions';
import { ConnectorRole } from '../../../src/role/connector-role';
import { TrustPrincipal } from '../../../src/role/trust-principal';
import { ExternalId } from '../../../src/service/external-id';

export const BASE_ACCOUNT = '111122223333';

export const EXTERNAL_ID = '83172650944188230571';

export function roleIn(stack: Stack, trust: TrustPrincipal, id = 'Role') {
  return new ConnectorRole(stack, id, { trust, externalId: ExternalId.of(EXTERNAL_ID), permissions: ConnectorPermissions.assetInventory() });
}

export function statementsOf(trust: TrustPrincipal, place: Place = PLACES[0], stack = stackIn(place)): readonly Statement[] {
  roleIn(stack, trust);
  return trustPolicy(stack, place).Statement;
}

/** The statement that is expected. */
export function statement(sid: string, account: string, { partition } = PLACES[0], strings = {}, arn?: string) {
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: { AWS: `arn:${partition}:iam::${account}:root` },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'sts:ExternalId': EXTERNAL_ID, ...strings }, ...(arn ? { ArnEquals: { 'aws:PrincipalArn': arn } } : {}) },
  };
}
