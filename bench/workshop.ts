import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

export const root = join(__dirname, '..');
export const modules = join(root, 'node_modules');
/** Within the repository, so that what is built here finds its modules. */
export const workshop = join(root, '.bench');

/** A child that hangs must not hold up the run. */
const PATIENCE = 180_000;

/** Compiles the measured apps to plain JavaScript: nothing but Node runs in what is measured. They import the library as it ships. */
export async function openWorkshop(apps: readonly string[]): Promise<void> {
  closeWorkshop();
  // A copy: through a link, its files would not count as those of an installed package, and stack traces would list them.
  const installed = join(workshop, 'node_modules', 'cdk-qualys-connectors');
  mkdirSync(installed, { recursive: true });
  for (const part of ['package.json', 'lib', 'assets']) cpSync(join(root, part), join(installed, part), { recursive: true });
  await build({
    entryPoints: apps.map((app) => join(root, 'bench', 'apps', `${app}.ts`)),
    outdir: workshop,
    bundle: true,
    platform: 'node',
    target: 'node20',
    packages: 'external',
    tsconfigRaw: {}, // the project's maps the library's name to its source
  });
}

export function closeWorkshop(): void {
  rmSync(workshop, { recursive: true, force: true });
}

/** Runs a script in a process of its own and answers the JSON that it prints last. */
export async function child<T>(script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<T> {
  const process_ = spawn(process.execPath, [script, ...args], {
    cwd: workshop,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, JSII_SILENCE_SUPPORT_WARNING: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: PATIENCE,
    killSignal: 'SIGKILL',
  });
  let output = '';
  process_.stdout.on('data', (chunk) => { output += chunk; });
  let errors = '';
  process_.stderr.on('data', (chunk) => { errors += chunk; });
  const [code, signal] = await once(process_, 'close');
  if (code !== 0) throw new Error(`${script} ${args.join(' ')} ended with ${code ?? signal}: ${errors.slice(-1_500)}`);
  return JSON.parse(output.trim().split('\n').at(-1)!);
}
