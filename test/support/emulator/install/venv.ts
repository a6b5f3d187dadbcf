import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../processes/run';
import { REPOSITORY } from '../repository';

const REQUIREMENTS = join(__dirname, 'requirements.txt');
const STAMP = 'requirements.sha256';
const DEADLINE = 300_000;

export interface VenvOptions {
  /** Where the environment stands: once made, it serves every run. Default: `.emulator/venv` of the repository. */
  readonly folder?: string;
  /** Default: `python3` of PATH. */
  readonly python?: string;
}

/** The Python interpreter of a virtual environment with the emulator; makes the environment if it is not there yet. */
export async function ensureVenv(options: VenvOptions = {}): Promise<string> {
  const folder = options.folder ?? join(REPOSITORY, '.emulator', 'venv');
  const hash = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex');
  if (stampOf(folder) !== hash) await make(folder, hash, options.python ?? 'python3');
  return join(folder, 'bin', 'python');
}

/** Made aside and moved: two processes may come at the same time, and one may be ended half-way. */
async function make(folder: string, hash: string, python: string): Promise<void> {
  const aside = `${folder}.${process.pid}`;
  mkdirSync(aside, { recursive: true });
  try {
    await checkPython(python);
    await step('make the virtual environment', python, ['-m', 'venv', aside]);
    await step('install the emulator', join(aside, 'bin', 'python'),
      ['-m', 'pip', 'install', '--no-cache-dir', '--disable-pip-version-check', '--quiet', '-r', REQUIREMENTS]);
    writeFileSync(join(aside, STAMP), hash);
    if (stampOf(folder) !== hash) move(aside, folder, hash);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function move(aside: string, folder: string, hash: string): void {
  rmSync(folder, { recursive: true, force: true });
  try {
    renameSync(aside, folder);
  } catch (error) {
    // Another process was a moment faster; its environment is as good.
    if (stampOf(folder) !== hash) throw error;
  }
}

async function checkPython(python: string): Promise<void> {
  const version = await step('look for Python', python, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])']);
  const [major = 0, minor = 0] = version.trim().split('.').map(Number);
  if (major !== 3 || minor < 11) {
    throw new Error(`the local AWS emulator needs Python 3.11 or newer, but '${python}' is ${version.trim()}: `
      + 'install one and put it first on PATH');
  }
}

async function step(what: string, command: string, args: readonly string[]): Promise<string> {
  const result = await run(command, args, { cwd: REPOSITORY, env: process.env, deadline: DEADLINE }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    throw new Error(`the local AWS emulator needs Python 3.11 or newer, but there is no '${command}' on PATH: install it`);
  });
  if (result.exitCode !== 0) {
    const tail = result.output.split('\n').slice(-10).join('\n');
    throw new Error(`could not ${what} for the local AWS emulator (python3 needs its venv and pip modules, and pip a package index):\n${tail}`);
  }
  return result.output;
}

function stampOf(folder: string): string | undefined {
  const stamp = join(folder, STAMP);
  return existsSync(stamp) ? readFileSync(stamp, 'utf8') : undefined;
}
