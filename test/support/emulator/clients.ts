import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { Credentials } from './aws-environment';
import { Emulator } from './emulator';
import { Stacks } from './stacks';

/** The clients of one caller: an account's root user, by the account's ID, or whoever has the credentials. */
export class Clients {
  public readonly iam: IAMClient;
  public readonly sts: STSClient;
  public readonly secrets: SecretsManagerClient;
  public readonly ssm: SSMClient;
  public readonly sns: SNSClient;
  public readonly lambda: LambdaClient;
  public readonly dynamodb: DynamoDBClient;
  public readonly organizations: OrganizationsClient;
  public readonly cloudFormation: CloudFormationClient;
  public readonly stacks: Stacks;

  public constructor(emulator: Emulator, caller: string | Credentials) {
    // One attempt: SDK v3 takes LimitExceeded for throttling, and waits.
    const config = { ...emulator.clientConfig(caller), maxAttempts: 1 };
    this.iam = new IAMClient(config);
    this.sts = new STSClient(config);
    this.secrets = new SecretsManagerClient(config);
    this.ssm = new SSMClient(config);
    this.sns = new SNSClient(config);
    this.lambda = new LambdaClient(config);
    this.dynamodb = new DynamoDBClient(config);
    this.organizations = new OrganizationsClient(config);
    this.cloudFormation = new CloudFormationClient(config);
    this.stacks = new Stacks(this.cloudFormation);
  }
}
