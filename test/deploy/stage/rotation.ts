import { randomUUID } from 'node:crypto';
import { DeleteAccessKeyCommand, GetAccessKeyLastUsedCommand, IAMClient, ListAccessKeysCommand } from '@aws-sdk/client-iam';
import { RotateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DescribeParametersCommand, GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { SECURITY, USER_NAME } from './accounts';
import { ScheduledRun } from './scheduled-run';
import { RECORD_PREFIX } from '../../../src/wire/base-account';
import type { Emulator } from '../../support/emulator/emulator';
import { RotationNews } from '../../support/emulator/rotations';

const DAY = 86_400;

/** What happens to the key after the deployment: an operator rotates it, days pass, the daily run comes. */
export class Rotation {
  public readonly daily: ScheduledRun;

  public constructor(private readonly emulator: Emulator, private readonly secretArn: () => Promise<string>) {
    this.daily = new ScheduledRun(emulator, 'CentralSecurity');
  }

  /**
   * `aws secretsmanager rotate-secret`, and what came of it. The token of a rotation that failed takes it up again: on AWS
   * Secrets Manager does that by itself.
   */
  public async rotate(token: string = randomUUID()): Promise<RotationNews> {
    return this.request({ ClientRequestToken: token });
  }

  /** What Secrets Manager does whenever the schedule is set: it tries the function, and rotates nothing. */
  public async trial(): Promise<RotationNews> {
    return this.request({ RotateImmediately: false });
  }

  /** Everything that was told of rotations and trials of this key, oldest first. */
  public async news(): Promise<RotationNews[]> {
    const secret = await this.secretArn();
    await this.emulator.rotations.settled(secret);
    return this.emulator.rotations.of(secret);
  }

  /**
   * Lets days pass since the last promotion. The emulator has no clock of its own, so what has been written down is moved
   * back instead: the times of the promotion and of a deactivation in the ownership record, and every use of a key.
   */
  public async letPass(days: number): Promise<void> {
    const ssm = new SSMClient(this.emulator.clientConfig(SECURITY));
    const { Parameters = [] } = await ssm.send(new DescribeParametersCommand({}));
    const Name = Parameters.find((parameter) => parameter.Name?.startsWith(RECORD_PREFIX))?.Name;
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name }));
    const record = JSON.parse(Parameter!.Value!);
    if (record.promoted === undefined) throw new Error('no key was promoted yet, so there is nothing since which days could pass');
    for (const noted of [record.promoted, record.deactivated]) if (noted) noted.at = new Date(Date.parse(noted.at) - days * DAY * 1000).toISOString();

    await ssm.send(new PutParameterCommand({ Name, Value: JSON.stringify(record), Type: 'String', Overwrite: true }));
    await this.emulator.moveKeyUse(days * DAY);
  }

  /** The keys of the user, by ID, with their status. */
  public async userKeys(UserName = USER_NAME): Promise<Record<string, string>> {
    const { AccessKeyMetadata = [] } = await this.iam.send(new ListAccessKeysCommand({ UserName }));
    return Object.fromEntries(AccessKeyMetadata.map((key) => [key.AccessKeyId!, key.Status!]));
  }

  /** Whether IAM knows of a use of the key. */
  public async isUsed(AccessKeyId: string): Promise<boolean> {
    return (await this.iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }))).AccessKeyLastUsed?.LastUsedDate !== undefined;
  }

  /** What a person does with a key that must not work any more. */
  public async deleteKey(AccessKeyId: string): Promise<void> {
    await this.iam.send(new DeleteAccessKeyCommand({ UserName: USER_NAME, AccessKeyId }));
  }

  private get iam(): IAMClient {
    return new IAMClient(this.emulator.clientConfig(SECURITY));
  }

  private async request(input: { readonly ClientRequestToken?: string; readonly RotateImmediately?: boolean }): Promise<RotationNews> {
    const SecretId = await this.secretArn();
    // The trial of the deployment may still be under way.
    await this.emulator.rotations.settled(SecretId);
    await new SecretsManagerClient(this.emulator.clientConfig(SECURITY)).send(new RotateSecretCommand({ SecretId, ...input }));
    return (await this.emulator.rotations.settled(SecretId))!;
  }
}
