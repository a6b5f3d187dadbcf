import { randomUUID } from 'node:crypto';
import { Agent, fetch as undiciFetch } from 'undici';
import { ensureKey } from '../../../lambda/keys/ensure-key';
import { baseAccount } from '../../../lambda/registration/base-account';
import type { OwnershipRecord } from '../../../lambda/registration/record';
import { RotationWorld } from '../../../lambda/rotation/rotation';
import { customResourceHandler, RuntimeWorld } from '../../../lambda/runtime/custom-resource';
import type { Fetch } from '../../../lambda/runtime/put';
import { connect } from '../../../lambda/service/service';
import { WRITE_API_PRESET } from '../../../src/base-account/private/write-api-preset';
import { BASE_ACCOUNT_RESOURCE_TYPE, BaseAccountProperties } from '../../../src/wire/base-account';
import { CertificateAuthority } from '../../support/certificates';
import { Answers } from '../../support/cloudformation/answers';
import { StackResource } from '../../support/cloudformation/stack-resource';
import { ConnectorServiceStandIn } from '../../support/connector-service';
import { Calls } from '../../support/fake-aws/calls';
import { fakeRecords } from '../../support/fake-aws/records';
import { fakeUserKeys, fakeWhoAmI } from '../../support/fake-aws/user-keys';
import { KeyWorld, USER } from '../keys/world';

export const PASSWORD = 'canary-of-the-api-password/+';
const CREDENTIALS_ARN = 'arn:aws:secretsmanager:us-east-1:111111111111:secret:qualys/api-user-x9y8z7';
export const RECORD = '/cdk-qualys-connectors/base-account/localhost/GLOBAL';

/** A base account's stack against the stand-in of the service over TLS, with AWS faked and time under control. */
export class RegistrationWorld extends KeyWorld {
  public static async start(options: { readonly writeApi: boolean; readonly tls?: CertificateAuthority }): Promise<RegistrationWorld> {
    return new RegistrationWorld(await RegistrationWorld.standIn(options)).withKey();
  }

  /** Several platforms of one world share the authority. */
  public static async standIn(options: { readonly writeApi: boolean; readonly tls?: CertificateAuthority }): Promise<ConnectorServiceStandIn> {
    const { writeApi, tls } = options;
    return ConnectorServiceStandIn.start({ tls: tls ?? await CertificateAuthority.create(), username: 'api', password: PASSWORD, writeApi });
  }

  public readonly parameters = new Map<string, string>();
  public readonly notes: { topic: string; subject: string; message: string }[] = [];
  public readonly log: string[] = [];
  public credentials = JSON.stringify({ username: 'api', password: PASSWORD });
  /** Breaks one outbound call of the next request. */
  public calls = new Calls();
  private readonly agent: Agent;
  private readonly answers: Answers;

  protected constructor(public readonly service: ConnectorServiceStandIn) {
    super();
    this.agent = new Agent({ connect: { ca: service.ca } });
    this.answers = new Answers(((input: string, init: object) => undiciFetch(input, { ...init, dispatcher: this.agent })) as unknown as Fetch);
  }

  /** The resource as one stack has it. */
  public resource(options: { readonly stackName?: string; readonly logicalId?: string } = {}): StackResource {
    const handler = customResourceHandler(baseAccount(this.outside), this.runtime);
    return new StackResource({ handler, answers: this.answers, resourceType: BASE_ACCOUNT_RESOURCE_TYPE, ...options });
  }

  protected get runtime(): RuntimeWorld {
    return { fetch: this.answers.fetch, clock: this.clock, random: () => 0.5, write: (line) => { this.log.push(line); } };
  }

  /** What the handlers take from outside: AWS faked, the service real. */
  protected get outside(): RotationWorld {
    return {
      clock: this.clock,
      random: () => 0.5,
      newVersionId: randomUUID,
      secret: (_, outbound) => this.secret.port(this.counted(outbound)),
      userKeys: (userName, outbound) => fakeUserKeys(this.account, userName, this.counted(outbound)),
      whoAmI: (outbound) => fakeWhoAmI(this.account, this.counted(outbound)),
      records: (outbound) => fakeRecords(this.parameters, this.counted(outbound)),
      notify: (outbound) => (topic, subject, message) => this.counted(outbound)('sns:Publish', async () => { this.notes.push({ topic, subject, message }); }),
      service: (service, { deadline, outbound, redactor }) => connect({
        service,
        credentials: async () => this.credentials,
        fetch: this.answers.fetch,
        clock: this.clock,
        random: () => 0.5,
        env: {},
        deadline,
        outbound: this.counted(outbound),
        redactor,
      }),
    };
  }

  public properties(changes: Partial<BaseAccountProperties> = {}): BaseAccountProperties {
    return {
      SchemaVersion: '1',
      Service: {
        ApiServer: this.service.apiServer,
        Gateway: this.service.gateway,
        PlatformUrl: this.service.platformUrl,
        Authentication: 'BASIC',
        CredentialsSecretArn: CREDENTIALS_ARN,
      },
      AccountType: 'GLOBAL',
      Title: 'Central Security',
      AwsAccountId: this.account.accountId,
      UserName: USER,
      AccessKeyId: this.secret.json('AWSCURRENT')!.accessKeyId!,
      AccessKeySecretArn: this.secret.arn,
      Delivery: { Mode: 'AUTO', Api: WRITE_API_PRESET },
      AdoptExisting: 'false',
      RecordName: RECORD,
      ...changes,
    };
  }

  protected async withKey(): Promise<this> {
    await this.newKey();
    return this;
  }

  /** Another current key, as rotation or a person makes it. */
  public async newKey(): Promise<void> {
    this.account.keys.length = 0;
    await ensureKey(this.engine(), `00000000-0000-4000-8000-${String(this.secret.versions.length).padStart(12, '0')}`);
  }

  public record(name = RECORD): OwnershipRecord | undefined {
    const value = this.parameters.get(name);
    return value === undefined ? undefined : JSON.parse(value);
  }

  /** The key that the service signs with. */
  public get keyAtService(): string | undefined {
    return this.service.baseAccounts()[0]?.accessKeyId;
  }

  /** All that left the handler: answers, log lines, messages. */
  public get surfaces(): string {
    return [this.answers.text(), ...this.log, JSON.stringify(this.notes), ...this.parameters.values()].join('\n');
  }

  public async stop(): Promise<void> {
    await this.agent.close();
    await this.service.stop();
  }

  private counted(outbound: Calls['outbound']): Calls['outbound'] {
    return (step, call) => outbound(step, () => this.calls.outbound(step, call));
  }
}
