/*
 * The suite of the constructs beside another AWS CDK, and as a new app has it or not:
 *   tsx test/world.ts lowest|newest|latest plain|recommended [what jest takes]
 * `lowest` is what the library is developed with, `newest` what the tests of the tarball know, `latest` what the registry has now;
 * `recommended` sets all feature flags that `cdk init` sets.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { jestArguments, SUITES } from '../projenrc/suites';

const root = join(__dirname, '..');
const CDKS = ['lowest', 'newest', 'latest'];
const FLAGS = ['plain', 'recommended'];

main(process.argv.slice(2));

function main([cdk = '', flags = '', ...args]: readonly string[]): void {
  if (!CDKS.includes(cdk) || !FLAGS.includes(flags)) throw new Error(`'${cdk} ${flags}' is no world: say one of ${CDKS.join(', ')}, and one of ${FLAGS.join(', ')}`);

  const modules = cdk === 'lowest' ? join(root, 'node_modules') : install(cdk);
  const library = join(modules, 'aws-cdk-lib');
  const context = flags === 'recommended' ? readFileSync(join(library, 'recommended-feature-flags.json'), 'utf8') : '{}';
  console.log(`aws-cdk-lib ${JSON.parse(readFileSync(join(library, 'package.json'), 'utf8')).version}, Node ${process.versions.node}, ${flags} feature flags`);
  const { status } = spawnSync(join(root, 'node_modules', '.bin', 'jest'), [...jestArguments(SUITES.constructs!), '--config', JSON.stringify(configuration(modules)), ...args], {
    cwd: root,
    stdio: 'inherit',
    // Its validation takes seconds for each synthesis; the tests of the tarball let it.
    env: { CDK_VALIDATION: 'false', ...process.env, CDK_CONTEXT_JSON: context },
  });
  process.exitCode = status ?? 1;
}

/** Installs the AWS CDK apart from the project; the folder of its modules. */
function install(cdk: string): string {
  const folder = join(root, '.worlds', cdk);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  if (cdk === 'newest') for (const file of ['package.json', 'package-lock.json']) cpSync(join(root, 'test', 'package', 'newest', file), join(folder, file));
  const what = cdk === 'newest' ? ['ci'] : ['install', '--prefix', '.', '--no-save', '--no-package-lock', 'aws-cdk-lib@latest', 'constructs@latest'];
  const { status } = spawnSync('npm', [...what, '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' });
  if (status !== 0) throw new Error(`the ${cdk} AWS CDK could not be installed`);
  return join(folder, 'node_modules');
}

/** The project's own configuration, in which the AWS CDK is found there, whoever asks for it. */
function configuration(modules: string): object {
  const { jest } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const mapped = Object.fromEntries(['aws-cdk-lib', 'constructs'].map((name) => [`^${name}($|/.*)`, `${join(modules, name)}$1`]));
  return { ...jest, rootDir: root, moduleNameMapper: { ...jest.moduleNameMapper, ...mapped } };
}
