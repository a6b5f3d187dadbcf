import { ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { awsEnvironment, ClientConfig, clientConfig, Credentials, REGION, withoutAws } from './aws-environment';
import { ensureNode, HandlersNode, handlersNode, RUNTIME } from './install/node';
import { ensureVenv } from './install/venv';
import { hasEnded, stopGroup } from './processes/process-group';
import { waitUntil } from './processes/wait-until';
import { NODE_MODULES } from './repository';
import { Rotations } from './rotations';

const START_TIME = 30_000;
const STOP_TIME = 8_000;

export interface EmulatorOptions {
  /** Takes everything that the emulator writes; has to be removed by who gave it. */
  readonly folder: string;
  /** For the emulator and for the Lambda functions that it runs, e.g. `NODE_EXTRA_CA_CERTS`. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A local AWS with as many accounts as are named, IAM enforced, Lambda functions as processes of this machine. */
export class Emulator {
  /** Starts one on a free port of 127.0.0.1. It ends with this process at the latest. */
  public static async start(options: EmulatorOptions): Promise<Emulator> {
    const [python, port] = await Promise.all([ensureVenv(), freePort(), ensureNode()]);
    const emulator = new Emulator(options, python, port);
    await emulator.ready();
    return emulator;
  }

  public readonly endpoint: string;
  public readonly logFile: string;
  /** What the functions wrote, a file each; reset() and deleted log groups do not touch it. */
  public readonly functionOutputFolder: string;
  /** What handlers of the library's runtime run on. */
  public readonly node: HandlersNode = handlersNode();
  /** What became of rotations, as CloudTrail would tell; reset() does not touch it. */
  public readonly rotations: Rotations;
  private readonly child: ChildProcess;

  private constructor(options: EmulatorOptions, python: string, port: number) {
    const inside = (name: string) => join(options.folder, name);
    this.endpoint = `http://127.0.0.1:${port}`;
    this.logFile = inside('emulator.log');
    this.functionOutputFolder = inside('function-output');
    this.rotations = new Rotations(inside('rotation-events.log'));
    for (const name of ['tmp', 'home']) mkdirSync(inside(name), { recursive: true });
    const log = openSync(this.logFile, 'a');
    // Standard input stays open as long as this process lives; that is how the emulator knows.
    this.child = spawn(python, ['-B', '-m', 'plugin'], {
      cwd: options.folder,
      detached: true,
      stdio: ['pipe', log, log],
      env: {
        ...withoutAws(),
        GATEWAY_PORT: String(port),
        BIND_HOST: '127.0.0.1',
        MINISTACK_REGION: REGION,
        AUTH: 'true',
        IOT_MTLS_ENABLED: '0',
        SFTP_ENABLED: '0',
        TMPDIR: inside('tmp'),
        HOME: inside('home'),
        PYTHONPATH: __dirname,
        // As on Lambda, where a bundle finds @aws-sdk/* in /var/runtime.
        NODE_PATH: NODE_MODULES,
        // The SDK's word about the Node of this machine is nothing that a function writes.
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
        EMULATOR_NODES: JSON.stringify({ [RUNTIME]: this.node.binary }),
        EMULATOR_FUNCTION_OUTPUT: this.functionOutputFolder,
        EMULATOR_ROTATION_EVENTS: this.rotations.file,
        ...options.env,
      },
    });
    closeSync(log);
  }

  public get pid(): number {
    return this.child.pid!;
  }

  /** The environment variables for a child process that acts as the account's root user. */
  public environment(accountId: string): Record<string, string> {
    return awsEnvironment(this.endpoint, accountId);
  }

  /** For a client of SDK v3; an account ID stands for the account's root user. */
  public clientConfig(caller: string | Credentials): ClientConfig {
    return clientConfig(this.endpoint, caller);
  }

  /** Forgets every resource of every account. */
  public async reset(): Promise<void> {
    const response = await fetch(`${this.endpoint}/_ministack/reset`, { method: 'POST' });
    if (!response.ok) throw new Error(`the emulator refused to reset: HTTP ${response.status}`);
  }

  /** Moves every use of an access key so far back in time. The emulator has no clock of its own. */
  public async moveKeyUse(seconds: number): Promise<void> {
    await this.tell('key-use', { earlier: String(seconds) });
  }

  /** Lets lists of accounts, stack instances and operations come in pages of so many items, each after an empty one if told so. */
  public async cutPages(items: number, afterEmptyOnes: boolean = false): Promise<void> {
    await this.tell('pages', { items: String(items), empty: String(afterEmptyOnes) });
  }

  /** Lets every rule with a schedule of `rate` fire once, now. */
  public async fireSchedules(): Promise<void> {
    await this.tell('schedules', {});
  }

  /** Turns a switch that AWS does not have; see plugin/admin.py. */
  public async tell(name: string, parameters: Readonly<Record<string, string>>): Promise<void> {
    const response = await fetch(`${this.endpoint}/_ministack/${name}?${new URLSearchParams(parameters)}`, { method: 'POST' });
    if (!response.ok) throw new Error(`the emulator refused ${name}: HTTP ${response.status}`);
  }

  /** What it did last, for an error message. */
  public endOfLog(): string {
    return `the end of the emulator's log:\n${readFileSync(this.logFile, 'utf8').trimEnd().split('\n').slice(-10).join('\n')}`;
  }

  /** Ends the emulator and the functions' processes. */
  public async stop(): Promise<void> {
    await stopGroup(this.child, STOP_TIME);
  }

  private async ready(): Promise<void> {
    let failure: Error | undefined;
    this.child.once('error', (error) => { failure = error; });
    const isReady = async () => (await fetch(`${this.endpoint}/_ministack/ready`).catch(() => undefined))?.ok === true;
    await waitUntil(async () => failure !== undefined || hasEnded(this.child) || isReady(), START_TIME);
    if (failure === undefined && !hasEnded(this.child) && await isReady()) return;
    await this.stop();
    throw new Error(`the local AWS emulator did not start (${failure?.message ?? `exit code ${this.child.exitCode}`}); ${this.endOfLog()}`);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('there is no free port on 127.0.0.1');
  return address.port;
}
