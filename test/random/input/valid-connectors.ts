import type { Asked } from './scene';
import type { ServiceProperties } from '../../../src/wire/common';

const ROLE_ARN = 'arn:aws:iam::001122334455:role/QualysConnector';

/** What a connector and a lookup are deployed with. */
export function connectorRequests(Service: ServiceProperties, host: string): Readonly<Record<'Custom::QualysConnector' | 'Custom::QualysAccountLookup', Omit<Asked, 'optional'>>> {
  const common = { SchemaVersion: '1', Service, AccountType: 'GLOBAL' };
  return {
    'Custom::QualysConnector': {
      handler: 'connector',
      resourceType: 'Custom::QualysConnector',
      logicalId: 'Production',
      physicalId: `qualys-connector:${host}:${ROLE_ARN}`,
      properties: {
        ...common,
        Name: 'Production',
        Description: 'Everything',
        RoleArn: ROLE_ARN,
        ExternalId: '83172650944188230571',
        Modules: ['AI', 'CI'],
        Activation: ['VM'],
        Regions: ['us-east-1'],
        PollingMinutes: '240',
        Enabled: 'true',
        AdoptExisting: 'false',
        Verification: 'NONE',
      },
    },
    'Custom::QualysAccountLookup': {
      handler: 'connector', resourceType: 'Custom::QualysAccountLookup', logicalId: 'Lookup', physicalId: `qualys-account-lookup:${host}:GLOBAL`, properties: common,
    },
  };
}
