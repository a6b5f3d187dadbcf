import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { ConnectorService } from '../../../src/service/connector-service';
import { QualysCredentials } from '../../../src/service/qualys-credentials';
import { QualysPlatform } from '../../../src/service/qualys-platform';
import { newStack, plain } from '../../support/synth/synth';

const stack = newStack();
const FULL_ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:api-a1B2c3';

function serviceWith(secret: ISecret): ConnectorService {
  return new ConnectorService({ platform: QualysPlatform.EU_1, credentials: QualysCredentials.basic(secret) });
}

function statementsFor(secret: ISecret): unknown {
  return plain(stack.resolve(serviceWith(secret)._grantStatements().map((statement) => statement.toStatementJson())));
}

test('hands over where the service is and the ARN of the credentials', () => {
  expect(serviceWith(Secret.fromSecretCompleteArn(stack, 'Properties', FULL_ARN))._properties()).toEqual({
    ApiServer: 'https://qualysapi.qualys.eu',
    Gateway: 'https://gateway.qg1.apps.qualys.eu',
    PlatformUrl: 'https://qualysguard.qualys.eu',
    Authentication: 'BASIC',
    CredentialsSecretArn: FULL_ARN,
  });
});

test('hands over an OIDC client and a platform of one host', () => {
  const service = new ConnectorService({
    platform: QualysPlatform.custom({ apiServer: 'https://qualysapi.example.com' }),
    credentials: QualysCredentials.oidcClient(Secret.fromSecretCompleteArn(stack, 'Client', FULL_ARN)),
  });
  expect(service._properties()).toEqual({
    ApiServer: 'https://qualysapi.example.com',
    Authentication: 'OIDC_CLIENT',
    CredentialsSecretArn: FULL_ARN,
  });
});

describe('rights on the credentials', () => {
  test('a full ARN is used as it is', () => {
    expect(statementsFor(Secret.fromSecretCompleteArn(stack, 'Full', FULL_ARN)))
      .toEqual([{ Action: 'secretsmanager:GetSecretValue', Effect: 'Allow', Resource: FULL_ARN }]);
  });

  test('of a name, the six characters are open that Secrets Manager appends', () => {
    expect(statementsFor(Secret.fromSecretNameV2(stack, 'Name', 'qualys/api-user'))).toEqual([{
      Action: 'secretsmanager:GetSecretValue',
      Effect: 'Allow',
      Resource: 'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:qualys/api-user-??????',
    }]);
  });

  test('a secret of the app is named by reference', () => {
    expect(statementsFor(new Secret(stack, 'Own'))).toEqual([{ Action: 'secretsmanager:GetSecretValue', Effect: 'Allow', Resource: '${Own}' }]);
  });

  test('a customer managed key may decrypt through Secrets Manager of the secret\'s region', () => {
    const encryptionKey = Key.fromKeyArn(stack, 'Kms', 'arn:aws:kms:eu-west-1:111122223333:key/1');
    expect(statementsFor(Secret.fromSecretAttributes(stack, 'Encrypted', { secretCompleteArn: FULL_ARN, encryptionKey }))).toEqual([
      { Action: 'secretsmanager:GetSecretValue', Effect: 'Allow', Resource: FULL_ARN },
      {
        Action: 'kms:Decrypt',
        Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' } },
        Effect: 'Allow',
        Resource: 'arn:aws:kms:eu-west-1:111122223333:key/1',
      },
    ]);
  });
});

describe('network', () => {
  const platform = QualysPlatform.US_1;
  const credentials = QualysCredentials.basic(Secret.fromSecretNameV2(stack, 'NetworkSecret', 'api'));
  const securityGroups = [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')];

  test('is kept as it is given', () => {
    const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-a'] });
    expect(new ConnectorService({ platform, credentials, vpc, securityGroups })._network).toEqual({ vpc, securityGroups });
  });

  test('needs a vpc', () => {
    expect(() => new ConnectorService({ platform, credentials, securityGroups })).toThrow('securityGroups was given without vpc');
    expect(() => new ConnectorService({ platform, credentials, vpcSubnets: {} })).toThrow('vpcSubnets was given without vpc');
  });
});
