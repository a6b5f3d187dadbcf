/*
 * A base account in one stack: `node base-account.js library|kit OUTDIR`. The kit is what one puts together from CDK's own
 * parts for the same job; its functions' code is a placeholder, as only the template is measured.
 */
import { App, CustomResource, Duration, SecretValue, Stack } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { AccessKey, Group, ManagedPolicy, PolicyStatement, User } from 'aws-cdk-lib/aws-iam';
import { Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Provider } from 'aws-cdk-lib/custom-resources';

const [side, outdir] = process.argv.slice(2) as [string, string];

function library(stack: Stack): void {
  const { AssumableRoles, BaseAccount, ConnectorService, QualysCredentials, QualysPlatform } = require('cdk-qualys-connectors') as typeof import('cdk-qualys-connectors');
  const service = new ConnectorService({
    platform: QualysPlatform.US_2, credentials: QualysCredentials.basic(Secret.fromSecretNameV2(stack, 'Api', 'qualys/api-user')),
  });
  new BaseAccount(stack, 'BaseAccount', { service, title: 'Central Security', userName: 'qualys-base-account', roles: AssumableRoles.named('QualysConnector') });
}

function kit(stack: Stack): void {
  const userName = 'qualys-base-account';
  const credentials = Secret.fromSecretNameV2(stack, 'Api', 'qualys/api-user');
  const group = new Group(stack, 'Group');
  const user = new User(stack, 'User', { userName, groups: [group] });
  group.addManagedPolicy(new ManagedPolicy(stack, 'AssumeRole', {
    statements: [new PolicyStatement({ actions: ['sts:AssumeRole'], resources: ['arn:aws:iam::*:role/QualysConnector'] })],
  }));
  const key = new AccessKey(stack, 'Key', { user });
  const secret = new Secret(stack, 'Secret', {
    secretObjectValue: { accessKeyId: SecretValue.unsafePlainText(key.accessKeyId), secretAccessKey: key.secretAccessKey },
  });
  const code = (id: string): Lambda => {
    const made = new Lambda(stack, id, {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = async () => ({})'),
      timeout: Duration.minutes(5),
      logGroup: new LogGroup(stack, `${id}Log`, { retention: RetentionDays.ONE_YEAR }),
    });
    credentials.grantRead(made);
    secret.grantRead(made);
    return made;
  };
  const provider = new Provider(stack, 'Provider', {
    onEventHandler: code('Registration'), logGroup: new LogGroup(stack, 'ProviderLog', { retention: RetentionDays.ONE_YEAR }),
  });
  new CustomResource(stack, 'Entry', { serviceToken: provider.serviceToken, properties: { title: 'Central Security', accountType: 'Global', secretArn: secret.secretArn } });

  const rotation = code('Rotation');
  secret.grantWrite(rotation);
  const keys = ['iam:CreateAccessKey', 'iam:DeleteAccessKey', 'iam:ListAccessKeys', 'iam:UpdateAccessKey', 'iam:GetAccessKeyLastUsed'];
  rotation.addToRolePolicy(new PolicyStatement({ actions: keys, resources: [user.userArn] }));
  secret.addRotationSchedule('Schedule', { rotationLambda: rotation, automaticallyAfter: Duration.days(90), rotateImmediatelyOnUpdate: false });
  new Rule(stack, 'Daily', { schedule: Schedule.rate(Duration.days(1)), targets: [new LambdaFunction(rotation)] });
}

const app = new App({ outdir });
const stack = new Stack(app, 'Security', { env: { account: '111111111111', region: 'us-east-1' } });
(side === 'library' ? library : kit)(stack);
app.synth();
console.log('{}');
