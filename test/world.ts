/*
 * The suite of the constructs beside another AWS CDK, and as a new app has it or not:
 *   tsx test/world.ts lowest|newest|latest plain|recommended [what jest takes]
 * `lowest` is what the library is developed with, `newest` what the tests of the tarball know, `latest` what the registry has now;
 * `recommended` sets all feature flags that `cdk init` sets. What holds for new apps alone, test/new-apps, runs where both are newest.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { jestArguments, SUITES } from '../projenrc/suites';

const root = join(__dirname, '..');
const CDKS = ['lowest', 'newest', 'latest'];
const FLAGS = ['plain', 'recommended'];
const LOCK = 'package-lock.json';

main(process.argv.slice(2));

function main([cdk = '', flags = '', ...args]: readonly string[]): void {
  if (!CDKS.includes(cdk) || !FLAGS.includes(flags)) throw new Error(`'${cdk} ${flags}' is no world: say one of ${CDKS.join(', ')}, and one of ${FLAGS.join(', ')}`);

  const modules = cdk === 'lowest' ? join(root, 'node_modules') : install(cdk);
  const library = join(modules, 'aws-cdk-lib');
  const isNewApp = flags === 'recommended';
  const hasNewApps = isNewApp && cdk === 'newest';
  const context = isNewApp ? readFileSync(join(library, 'recommended-feature-flags.json'), 'utf8') : '{}';
  console.log(`aws-cdk-lib ${JSON.parse(readFileSync(join(library, 'package.json'), 'utf8')).version}, Node ${process.versions.node}, ${flags} feature flags`);
  const suite = jestArguments({ ...SUITES.constructs!, folders: ['constructs', ...hasNewApps ? ['new-apps'] : []] });
  const { status } = spawnSync(join(root, 'node_modules', '.bin', 'jest'), [...suite, '--config', JSON.stringify(configuration(modules, hasNewApps)), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: {
      // Its validation takes seconds for each synthesis: it is on where a test is about it.
      CDK_VALIDATION: 'false',
      ...process.env,
      CDK_CONTEXT_JSON: context,
      PEERS: modules,
      WORLD: `${cdk} ${flags}`,
      // What is called by a deprecated name would be told to every user of a new app.
      ...isNewApp && { JSII_DEPRECATED: 'fail' },
    },
  });
  process.exitCode = status ?? 1;
}

/** Installs the AWS CDK apart from the project, unless it is there as the lock file says; the folder of its modules. */
function install(cdk: string): string {
  const folder = join(root, '.worlds', cdk);
  const modules = join(folder, 'node_modules');
  const wanted = join(root, 'test', 'package', 'newest');
  const isLocked = cdk === 'newest';
  const lockOf = (place: string) => (existsSync(join(place, LOCK)) ? readFileSync(join(place, LOCK), 'utf8') : undefined);
  // npm writes its own note last.
  if (isLocked && existsSync(join(modules, '.package-lock.json')) && lockOf(folder) === lockOf(wanted)) return modules;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  if (isLocked) cpSync(wanted, folder, { recursive: true });
  const what = isLocked ? ['ci'] : ['install', '--prefix', '.', '--no-save', '--no-package-lock', 'aws-cdk-lib@latest', 'constructs@latest'];
  const { status } = spawnSync('npm', [...what, '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: folder, stdio: 'inherit' });
  if (status !== 0) throw new Error(`the ${cdk} AWS CDK could not be installed`);
  return modules;
}

/** The project's own configuration, in which the AWS CDK is found there, whoever asks for it. */
function configuration(modules: string, hasNewApps: boolean): object {
  const { jest } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const mapped = Object.fromEntries(['aws-cdk-lib', 'constructs'].map((name) => [`^${name}($|/.*)`, `${join(modules, name)}$1`]));
  return {
    ...jest,
    rootDir: root,
    moduleNameMapper: { ...jest.moduleNameMapper, ...mapped },
    // Templates are reviewed in one world, and the API is one.
    testPathIgnorePatterns: ['/node_modules/', '/test/constructs/(examples|surface/api-\\w+)\\.test\\.ts$', ...hasNewApps ? [] : ['/test/new-apps/']],
  };
}
