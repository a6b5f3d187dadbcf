import { parseConnectorProperties } from '../../../lambda/connectors/properties';
import type { ConnectorProperties } from '../../../src/wire/connector';

const PROPERTIES: ConnectorProperties = {
  SchemaVersion: '1',
  Service: { ApiServer: 'https://qualysapi.qg2.apps.qualys.com', Authentication: 'BASIC', CredentialsSecretArn: 'arn:aws:secretsmanager:us-east-1:1:secret:x' },
  AccountType: 'GLOBAL',
  Name: 'Production',
  RoleArn: 'arn:aws:iam::001122334455:role/path/Qualys+=,.@_-',
  ExternalId: 'external-1',
  Modules: ['AI'],
  PollingMinutes: '60',
  Enabled: 'true',
  AdoptExisting: 'false',
  Verification: 'FAIL',
};

test('everything that the contract allows is read as it is', () => {
  const all: ConnectorProperties = { ...PROPERTIES, Description: '', Activation: [], Regions: ['us-east-1', 'ap-southeast-2', 'us-gov-west-1', 'cn-northwest-1'], PollingMinutes: '1440' };
  expect(parseConnectorProperties({ ...all, ServiceToken: 'arn', Unknown: 'left out' })).toEqual(all);
});

test.each<[keyof ConnectorProperties, unknown, string]>([
  ['SchemaVersion', '2', 'must be \'1\''],
  ['AccountType', 'GOV', 'must be one of'],
  ['Name', '', 'must have 1 to 2048 characters'],
  ['Description', 'see [cdk-qualys-connectors created x y]', 'not \'[cdk-qualys-connectors \''],
  ['RoleArn', 'arn:aws:iam::001122334455:user/U', 'must be the ARN of an IAM role'],
  ['RoleArn', 'arn:aws:iam::1122334455:role/R', 'must be the ARN of an IAM role'],
  ['RoleArn', 'arn:aws-us-gov:iam::001122334455:role/R', 'account type Global is for partition aws, but the role is in aws-us-gov'],
  ['ExternalId', 'x', 'must have 2 to 1224'],
  ['ExternalId', 'with blank', 'must have 2 to 1224'],
  ['Modules', ['XX'], 'must be one of \'AI\''],
  ['Modules', 'AI', 'must be of the type array'],
  ['Activation', ['PCI'], 'must be one of \'VM\''],
  ['Regions', ['mars'], 'must be the code of an AWS region'],
  ['Regions', [], 'must name a region'],
  ['PollingMinutes', '59', 'must be whole minutes from 60 to 1440'],
  ['PollingMinutes', '1441', 'must be whole minutes'],
  ['PollingMinutes', '60.5', 'must be whole minutes'],
  ['Enabled', 'yes', 'must be one of \'true\''],
  ['AdoptExisting', undefined, 'is missing'],
  ['Verification', 'MAYBE', 'must be one of \'FAIL\''],
])('%s %j is refused', (name, value, words) => {
  const parse = () => parseConnectorProperties({ ...PROPERTIES, [name]: value });
  expect(parse).toThrow(`property '${name}`);
  expect(parse).toThrow(words);
});
