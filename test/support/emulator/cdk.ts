import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REGION, withoutAws } from './aws-environment';
import { Emulator } from './emulator';
import { run, RunResult } from './processes/run';
import { NODE_MODULES, REPOSITORY } from './repository';

/** What `cdk init` writes into a new app. */
const FLAGS = join(NODE_MODULES, 'aws-cdk-lib', 'recommended-feature-flags.json');
const CDK = join(__dirname, 'asking-often', 'cdk');
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';

export interface CdkOptions {
  readonly emulator: Emulator;
  /** The account whose root user runs the CLI. Stacks of other accounts need a bootstrap that trusts it: `bootstrap` sees to that. */
  readonly account: string;
  /** Takes everything that the CLI writes: home, temporary files, cloud assemblies, one log file a command. */
  readonly folder: string;
  /** Hears each line of each command as it comes. */
  readonly onLine?: (line: string) => void;
  /** The app has none of the feature flags that `cdk init` writes, as apps of earlier years. */
  readonly withoutFlags?: boolean;
  /** For the CLI and for the app that it runs. */
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds for one command. Default: 5 minutes. */
  readonly deadline?: number;
}

export interface AppOptions {
  /** The command that synthesizes the app, or the folder of a cloud assembly. */
  readonly app: string;
  /** Where the command runs. Default: the repository. */
  readonly cwd?: string;
  readonly context?: Readonly<Record<string, string>>;
  /** Default: all. */
  readonly stacks?: readonly string[];
}

export interface DeployOptions extends AppOptions {
  /** The file for the stacks' outputs, as JSON. */
  readonly outputs?: string;
  /** Takes in what a template names and exists already. */
  readonly importExisting?: boolean;
  /** `false` leaves what a failed operation has made; the next deployment with `false` takes it up. Default: the CLI's own. */
  readonly rollback?: boolean;
  /** Deploys in express mode, which does not roll back by itself. */
  readonly express?: boolean;
}

export interface DestroyOptions extends AppOptions {
  /** Leaves the stacks that depend on the named ones; the CLI would delete them first. */
  readonly exclusively?: boolean;
}

/** The identifiers of resources that exist already, by the logical ID that they get. */
export type ResourceMapping = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface CdkResult extends RunResult {
  readonly logFile: string;
}

/** The real CDK CLI against the emulator, as a process of its own. A command that fails is an answer; one that does not end is an error. */
export class Cdk {
  private commands = 0;

  public constructor(private readonly options: CdkOptions) {
    for (const name of ['home', 'tmp', 'empty']) mkdirSync(join(options.folder, name), { recursive: true });
    // Context of the user, which the CLI takes from his home.
    if (options.withoutFlags !== true) writeFileSync(join(options.folder, 'home', '.cdk.json'), `{"context":${readFileSync(FLAGS, 'utf8')}}`);
  }

  /** Bootstraps the accounts, side by side; answers the first that fails, if one does. All but the CLI's own trust that one. */
  public async bootstrap(accounts: readonly [string, ...string[]]): Promise<CdkResult> {
    const results = await Promise.all(accounts.map(async (account) => {
      const trust = account === this.options.account
        ? [] : ['--trust', this.options.account, '--cloudformation-execution-policies', ADMINISTRATOR];
      return this.command(account, join(this.options.folder, 'empty'), ['bootstrap', `aws://${account}/${REGION}`, ...trust]);
    }));
    return results.find(({ exitCode }) => exitCode !== 0) ?? results[0]!;
  }

  public deploy(options: DeployOptions): Promise<CdkResult> {
    const outputs = options.outputs === undefined ? [] : ['--outputs-file', options.outputs];
    const importing = options.importExisting === true ? ['--import-existing-resources'] : [];
    const mode = [...options.rollback === undefined ? [] : [`--rollback=${options.rollback}`], ...options.express === true ? ['--express'] : []];
    return this.appCommand('deploy', options, ['--require-approval', 'never', '--progress', 'events', ...outputs, ...importing, ...mode]);
  }

  public synth(options: AppOptions): Promise<CdkResult> {
    // All stacks are meant where none is named; the option `--all` is none of this command.
    return this.appCommand('synth', { ...options, stacks: options.stacks ?? [] }, ['--quiet']);
  }

  public import(options: AppOptions, mapping: ResourceMapping): Promise<CdkResult> {
    return this.appCommand('import', options, ['--resource-mapping-inline', JSON.stringify(mapping)]);
  }

  public destroy(options: DestroyOptions): Promise<CdkResult> {
    return this.appCommand('destroy', options, ['--force', ...options.exclusively === true ? ['--exclusively'] : []]);
  }

  private appCommand(name: string, options: AppOptions, args: readonly string[]): Promise<CdkResult> {
    const context = Object.entries(options.context ?? {}).flatMap(([key, value]) => ['--context', `${key}=${value}`]);
    const assembly = ['--app', options.app, '--output', join(this.options.folder, 'cdk.out')];
    return this.command(this.options.account, options.cwd ?? REPOSITORY, [name, ...(options.stacks ?? ['--all']), ...assembly, ...context, ...args]);
  }

  private async command(account: string, cwd: string, args: readonly string[]): Promise<CdkResult> {
    const { emulator, folder, onLine, deadline = 300_000 } = this.options;
    const logFile = join(folder, `${++this.commands}-${args[0]}.log`);
    const { FORCE_COLOR, ...inherited } = withoutAws();
    const result = await run(CDK, [...args, '--ci', '--no-notices', '--no-version-reporting'], {
      cwd,
      logFile,
      onLine,
      deadline,
      env: {
        ...inherited,
        ...emulator.environment(account),
        HOME: join(folder, 'home'),
        CDK_HOME: join(folder, 'home', '.cdk'),
        TMPDIR: join(folder, 'tmp'),
        NO_COLOR: '1',
        CDK_DISABLE_CLI_TELEMETRY: 'true',
        JSII_SILENCE_SUPPORT_WARNING: '1',
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
        npm_config_update_notifier: 'false',
        ...this.options.env,
      },
    }).catch((error: Error) => { throw new Error(`${error.message}\n${emulator.endOfLog()}`); });
    return { ...result, logFile };
  }
}

/** Throws, with the last words of the CLI, for a command that has failed. */
export function succeeded({ exitCode, output, logFile }: CdkResult): void {
  if (exitCode === 0) return;
  throw new Error(`the CDK CLI ended with ${exitCode ?? 'a signal'} (all of its output: ${logFile}):\n${output.split('\n').slice(-25).join('\n')}`);
}
