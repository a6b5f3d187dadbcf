import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateSecretCommand, ListSecretsCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { ACCOUNTS, CREDENTIALS_SECRET, SECURITY, USER_NAME } from './accounts';
import { VendorHosts } from './app/vendor-hosts';
import { confirm } from './confirm';
import { enterKey, Key, keyOf } from './console-person';
import { filesWith } from './leaks';
import { Operator } from './operator';
import { Rotation } from './rotation';
import { CertificateAuthority } from '../../support/certificates';
import { ConnectorServiceStandIn } from '../../support/connector-service';
import { Cdk, CdkResult, DeployOptions, ResourceMapping, succeeded } from '../../support/emulator/cdk';
import { Emulator } from '../../support/emulator/emulator';

export interface StageOptions {
  /** Takes everything that is written; removed by who gave it. */
  readonly folder: string;
  readonly writeApi: boolean;
  /** Hears each line of the CDK CLI. */
  readonly onLine?: (line: string) => void;
  /** Default: examples/three-accounts/app.ts. */
  readonly app?: string;
  /** The app is one of earlier years, without the feature flags of a new one. */
  readonly withoutFlags?: boolean;
  /** Functions that call the vendor's own hosts reach the stand-in. */
  readonly vendorHosts?: boolean;
  /** IDs of accounts besides the three. */
  readonly furtherAccounts?: readonly string[];
}

/** How the CLI deploys. */
export type Mode = Pick<DeployOptions, 'rollback' | 'express'>;

/** Milliseconds for a test: more than a command of the CLI may take, so that its own words are heard when it does not end. */
export const PATIENCE = 600_000;

const EXAMPLE = 'examples/three-accounts/app.ts';
const LOGIN = { username: 'api-user', password: 'stand-in/password+of=the-api-user' };

/** Three accounts of a local AWS, the connector service beside it, and the CDK CLI on an example. */
export class Stage {
  public static async start(options: StageOptions): Promise<Stage> {
    mkdirSync(options.folder, { recursive: true });
    const tls = await CertificateAuthority.create({ folder: options.folder });
    const hosts = options.vendorHosts === true ? new VendorHosts(options.folder) : undefined;
    const emulator = await Emulator.start({ folder: join(options.folder, 'aws'), env: { NODE_EXTRA_CA_CERTS: tls.caFile, ...hosts?.env } });
    const certificate = hosts && await tls.issue({ names: hosts.names() });
    const service = await ConnectorServiceStandIn.start({ tls, certificate, ...LOGIN, writeApi: options.writeApi, awsEndpoint: emulator.endpoint });
    hosts?.lead(service);
    return new Stage(options, emulator, service);
  }

  public readonly operator: Operator;
  public readonly cdk: Cdk;
  public readonly rotation: Rotation;
  private readonly seen = new Set([LOGIN.password]);

  private constructor(private readonly options: StageOptions, public readonly emulator: Emulator, public readonly service: ConnectorServiceStandIn) {
    this.operator = new Operator(service, LOGIN);
    this.rotation = new Rotation(emulator, async () => (await this.findKey('AWSCURRENT'))!.secretArn);
    this.cdk = new Cdk({ emulator, account: SECURITY, folder: join(options.folder, 'cdk'), onLine: options.onLine, withoutFlags: options.withoutFlags });
  }

  /** Bootstraps the accounts and stores the service's login, as the example's README asks for. */
  public async prepare(): Promise<void> {
    succeeded(await this.cdk.bootstrap([SECURITY, ACCOUNTS.Production, ACCOUNTS.Development, ...this.options.furtherAccounts ?? []]));
    await this.secrets.send(new CreateSecretCommand({ Name: CREDENTIALS_SECRET, SecretString: JSON.stringify(LOGIN) }));
  }

  /** Changes the service's login in its secret, to a wrong one or back. */
  public async setLogin(password: string = LOGIN.password): Promise<void> {
    this.seen.add(password);
    await this.secrets.send(new PutSecretValueCommand({ SecretId: CREDENTIALS_SECRET, SecretString: JSON.stringify({ ...LOGIN, password }) }));
  }

  /** Deploys stacks of the example, with those that they depend on; answers their outputs. */
  public async deploy(
    stacks: readonly string[], context: Readonly<Record<string, string>> = {}, app?: string, mode: Mode = {},
  ): Promise<Record<string, Record<string, string>>> {
    const outputs = join(this.options.folder, 'outputs.json');
    succeeded(await this.cdk.deploy({ ...this.app(context, app), ...mode, stacks, outputs }));
    await this.currentKey();
    return JSON.parse(readFileSync(outputs, 'utf8'));
  }

  /** A deploy that has to fail; answers the lines that say why. */
  public async failedDeploy(
    stacks: readonly string[], context: Readonly<Record<string, string>> = {}, app?: string, mode: Mode = {},
  ): Promise<string> {
    const { exitCode, output } = await this.cdk.deploy({ ...this.app(context, app), ...mode, stacks });
    if (exitCode === 0) throw new Error('cdk deploy succeeded where it has to fail');
    return output.split('\n').filter((line) => line.includes('FAILED')).join('\n');
  }

  /** Synthesizes the app, and deploys nothing. */
  public async synth(context: Readonly<Record<string, string>>, app: string): Promise<CdkResult> {
    return this.cdk.synth(this.app(context, app));
  }

  /** Deletes these stacks, and none that depends on them. */
  public async destroy(stacks: readonly string[], context: Readonly<Record<string, string>> = {}, app?: string): Promise<CdkResult> {
    return this.cdk.destroy({ ...this.app(context, app), stacks, exclusively: !stacks.includes('--all') });
  }

  /** Takes what a deleted stack has left into a new one, as it is. */
  public async import(stack: string, mapping: ResourceMapping, context: Readonly<Record<string, string>> = {}): Promise<void> {
    succeeded(await this.cdk.import({ ...this.app(context), stacks: [stack] }, mapping));
  }

  /** The ID of the connector of this name at the service. */
  public connector(name: string): number {
    const [connector, ...more] = this.service.connectors().filter(({ settings, isDeleted }) => settings.name === name && !isDeleted);
    if (connector === undefined || more.length > 0) {
      throw new Error(`the service has ${more.length === 0 ? 'no' : 'more than one'} connector `
        + `${name}`);
    }
    return connector.id;
  }

  /** Runs what an output has as `ConfirmCommand`, as a person does; answers the lines of each function. */
  public async confirm(command: string): Promise<string[]> {
    return confirm(this.emulator, SECURITY, command);
  }

  /** A person enters the key at the vendor's console. */
  public async paste(title: string): Promise<void> {
    enterKey(this.service, (await this.currentKey())!, title);
  }

  /** The key that the secret of the base account's user holds, if there is one. */
  public async currentKey(): Promise<Key | undefined> {
    return (await this.findKey('AWSCURRENT'))?.key;
  }

  /** The key that a rotation has made and not promoted yet, as a person reads it to bring it to the console. */
  public async pendingKey(): Promise<Key | undefined> {
    return (await this.findKey('AWSPENDING'))?.key;
  }

  /** Signs a request with a key, as somebody would who has kept a copy. */
  public async use({ accessKeyId, secretAccessKey }: Key): Promise<void> {
    await new STSClient(this.emulator.clientConfig({ accessKeyId, secretAccessKey })).send(new GetCallerIdentityCommand({}));
  }

  /** Files of this run that hold the login or a key that it has seen. */
  public leaks(): string[] {
    return filesWith([...this.seen], this.options.folder);
  }

  public async stop(): Promise<void> {
    await this.operator.close();
    await this.service.stop();
    await this.emulator.stop();
  }

  private async findKey(VersionStage: string): Promise<{ readonly secretArn: string; readonly key: Key } | undefined> {
    const { SecretList = [] } = await this.secrets.send(new ListSecretsCommand({}));
    for (const { ARN } of SecretList) {
      const key = await keyOf(this.secrets, ARN!, VersionStage);
      if (key?.userName !== USER_NAME) continue;
      this.seen.add(key.secretAccessKey);
      return { secretArn: ARN!, key };
    }
    return undefined;
  }

  private get secrets(): SecretsManagerClient {
    return new SecretsManagerClient(this.emulator.clientConfig(SECURITY));
  }

  private app(context: Readonly<Record<string, string>>, file = this.options.app ?? EXAMPLE) {
    const { apiServer, gateway, platformUrl } = this.service;
    return {
      app: `node_modules/.bin/tsx --tsconfig test/tsconfig.json ${file}`,
      context: { apiServer, gateway, platformUrl, cleanUp: 'true', ...context },
    };
  }
}
