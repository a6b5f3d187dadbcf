import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SECURITY } from '../accounts';
import { AppNeeds, needsOf } from './app-needs';
import { AssemblyStack, stacksOf } from './assembly';
import { VendorHosts } from './vendor-hosts';
import { CertificateAuthority } from '../../../support/certificates';
import { ConnectorServiceStandIn } from '../../../support/connector-service';
import { REGION } from '../../../support/emulator/aws-environment';
import { Cdk, CdkResult, succeeded } from '../../../support/emulator/cdk';
import { Emulator } from '../../../support/emulator/emulator';
import { Organization } from '../../../support/emulator/organization/organization';

export interface AppStageOptions {
  /** Takes everything that is written, but what the app itself writes. */
  readonly folder: string;
  /** The command that runs the app, and where. */
  readonly app: string;
  readonly cwd: string;
  /** Hears each line of the CDK CLI. */
  readonly onLine?: (line: string) => void;
}

/** Of the CLI, and of stacks that name none. */
export const HOME_ACCOUNT = SECURITY;
const MANAGEMENT = '999999999999';
const LOGIN = { username: 'api-user', password: 'stand-in/password+of=the-api-user', clientId: 'api-client', clientSecret: 'stand-in/secret+of=the-api-client' };
/** Milliseconds: the app may have to be compiled. */
const DEADLINE = 900_000;

/** An app that somebody else has written, of any language: what it needs is made for it, and its calls of the vendor go to the stand-in. */
export class AppStage {
  /** Runs the app once. Throws with the words of the CDK CLI if it cannot be synthesized. */
  public static async start(options: AppStageOptions): Promise<AppStage> {
    mkdirSync(options.folder, { recursive: true });
    const tls = await CertificateAuthority.create({ folder: options.folder });
    const hosts = new VendorHosts(options.folder);
    const emulator = await Emulator.start({ folder: join(options.folder, 'aws'), env: { NODE_EXTRA_CA_CERTS: tls.caFile, ...hosts.env } });
    try {
      const cdk = new Cdk({
        emulator,
        account: HOME_ACCOUNT,
        folder: join(options.folder, 'cdk'),
        onLine: options.onLine,
        deadline: DEADLINE,
        // The app's own flags; and the tools of its language find what they have in the home of whoever runs this.
        withoutFlags: true,
        env: process.env.HOME === undefined ? {} : { HOME: process.env.HOME },
      });
      succeeded(await keepingContext(options.cwd, () => cdk.synth(options)));
      const stacks = stacksOf(join(options.folder, 'cdk', 'cdk.out'), { account: HOME_ACCOUNT, region: REGION });
      const needs = needsOf(stacks);
      const service = await ConnectorServiceStandIn.start({
        tls, ...LOGIN, writeApi: needs.pushes, awsEndpoint: emulator.endpoint, certificate: await tls.issue({ names: hosts.names(needs.platforms) }),
      });
      hosts.lead(service, needs.platforms);
      return new AppStage(options, emulator, service, cdk, stacks, needs);
    } catch (error) {
      await emulator.stop();
      throw error;
    }
  }

  private constructor(
    private readonly options: AppStageOptions,
    public readonly emulator: Emulator,
    public readonly service: ConnectorServiceStandIn,
    private readonly cdk: Cdk,
    public readonly stacks: readonly AssemblyStack[],
    public readonly needs: AppNeeds,
  ) {}

  /** Bootstraps the accounts, makes the secrets with the login, and the organization if the app names one. */
  public async prepare(): Promise<void> {
    const { needs: { accounts, secrets, organizations: [organizationId] } } = this;
    succeeded(await this.cdk.bootstrap([HOME_ACCOUNT, ...accounts.filter((account) => account !== HOME_ACCOUNT)]));
    for (const { account, name: Name } of secrets) {
      const command = new CreateSecretCommand({ Name, SecretString: JSON.stringify(LOGIN) });
      await new SecretsManagerClient(this.emulator.clientConfig(account)).send(command);
    }
    if (organizationId === undefined) return;
    const management = accounts.includes(MANAGEMENT) ? accounts[0]! : MANAGEMENT;
    const organization = await Organization.create(this.emulator, management);
    await this.emulator.tell('organization-id', { management, id: organizationId });
    for (const account of accounts) if (account !== management) await organization.addAccount(account);
  }

  /** Deploys all stacks; answers their outputs, by the stacks' names. */
  public async deploy(): Promise<Readonly<Record<string, Readonly<Record<string, string>>>>> {
    const outputs = join(this.options.folder, 'outputs.json');
    // What was synthesized above: the app runs once.
    succeeded(await this.cdk.deploy({ app: join(this.options.folder, 'cdk', 'cdk.out'), outputs }));
    return existsSync(outputs) ? JSON.parse(readFileSync(outputs, 'utf8')) : {};
  }

  public async stop(): Promise<void> {
    await this.service.stop();
    await this.emulator.stop();
  }
}

/** A look-up of the app notes in its folder what it has found: here that is nothing of the user's. */
async function keepingContext(cwd: string, work: () => Promise<CdkResult>): Promise<CdkResult> {
  const file = join(cwd, 'cdk.context.json');
  const before = existsSync(file) ? readFileSync(file) : undefined;
  try {
    return await work();
  } finally {
    if (before !== undefined) writeFileSync(file, before);
    else rmSync(file, { force: true });
  }
}
