/*
 * Everything that is checked, in the order in which a mistake is cheapest to find. Each step is a real command in a
 * process of its own; the last line sums up all of them.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jestArguments, SUITES } from '../projenrc/suites';
import { cacheEnvironment, removeCaches } from './support/package/caches';

const root = join(__dirname, '..');
const reports = join(root, 'test-reports');
const bin = (name: string) => join(root, 'node_modules', '.bin', name);

interface Step {
  readonly name: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Jest counts its tests itself; any other step counts as one. */
  readonly jestReport?: string;
}

const jest = (name: string): Step => {
  const jestReport = join(reports, `${name}.json`);
  return { name, command: [bin('jest'), '--ci', '--json', `--outputFile=${jestReport}`, ...jestArguments(SUITES[name]!)], jestReport };
};

/** The constructs once more, beside another AWS CDK. */
function world(cdk: string, flags: string): Step {
  const name = `constructs, ${cdk} AWS CDK, ${flags} flags`;
  const jestReport = join(reports, `constructs-${cdk}-${flags}.json`);
  return { name, command: [bin('tsx'), 'test/world.ts', cdk, flags, '--ci', '--json', `--outputFile=${jestReport}`], jestReport };
}

/** Steps in two rows that run at the same time, as each takes one core; what a step says is shown when it is over. */
interface SideBySide {
  readonly rows: readonly [readonly Step[], readonly Step[]];
}

const STEPS: readonly (Step | SideBySide)[] = [
  { name: 'generated project files', command: [bin('tsx'), '.projenrc.ts'], env: { PROJEN_DISABLE_POST: '1' } },
  { name: 'bundled handlers', command: [bin('projen'), 'bundle'] },
  {
    rows: [[
      { name: 'lint', command: [bin('eslint'), '--ext', '.ts', '.projenrc.ts', 'projenrc', 'src', 'lambda', 'test', 'examples', 'bench'], env: { ESLINT_USE_FLAT_CONFIG: 'false' } },
      { name: 'types of test and examples', command: [bin('tsc'), '-p', 'test/tsconfig.json'] },
      { name: 'types of lambda', command: [bin('tsc'), '-p', 'lambda/tsconfig.json'] },
    ], [
      { name: 'jsii', command: [bin('projen'), 'compile'] },
      { name: 'examples in the documentation', command: [bin('jsii-rosetta'), 'extract', '--strict', '--compress-tablet'] },
      { name: 'API pages', command: [bin('tsx'), 'projenrc/api-pages.ts'] },
    ]],
  },
  {
    rows: [
      // That it runs; what it measures is not judged here.
      [
        { name: 'bench, a trial', command: [bin('tsx'), '--tsconfig', 'test/tsconfig.json', 'bench/main.ts', '--rounds', '1', '--only', 'template,import,handlers,calls'] },
        { name: 'local AWS emulator', command: [bin('tsx'), 'test/support/emulator/install/install.ts'] },
      ],
      [{ name: 'packages', command: [bin('projen'), 'packages:pack'], env: cacheEnvironment() }],
    ],
  },
  jest('constructs'),
  world('newest', 'recommended'),
  ...['handlers', 'faults', 'random', 'tools', 'deploy', 'package'].map(jest),
  { name: 'table of faults', command: [bin('tsx'), '--tsconfig', 'test/tsconfig.json', 'test/tools/fault-table/main.ts'] },
];

rmSync(reports, { recursive: true, force: true }); // the table of faults reads what this run has shown, and nothing older
mkdirSync(reports, { recursive: true });
/** Takes what AWS CDK and others leave in the folder for temporary files, some thousand assemblies. */
const temporary = mkdtempSync(join(tmpdir(), 'cdk-qualys-connectors-'));
let passed = 0;
let failed = 0;

void main();

async function main(): Promise<void> {
  for (const step of STEPS) {
    if ('rows' in step) {
      console.log(`\n--- two at a time: ${step.rows.map((row) => row.map(({ name }) => name).join(', ')).join(' | ')}`);
      await Promise.all(step.rows.map((row) => take(row, 'pipe')));
    } else {
      await take([step], 'inherit');
    }
  }
  removeCaches();
  rmSync(temporary, { recursive: true, force: true });
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

/** Takes the steps one after the other. */
async function take(steps: readonly Step[], output: 'inherit' | 'pipe'): Promise<void> {
  for (const step of steps) {
    if (output === 'inherit') console.log(`\n--- ${step.name}`);
    const begun = Date.now();
    if (step.jestReport) rmSync(step.jestReport, { force: true });
    const { isDone, said } = await execute(step, output);
    if (output === 'pipe') process.stdout.write(`\n--- ${step.name}\n${said}`);
    const result = step.jestReport ? countJest(step.jestReport) : { passed: 0, failed: 0 };
    passed += result.passed + (!step.jestReport && isDone ? 1 : 0);
    failed += result.failed + (!isDone && result.failed === 0 ? 1 : 0);
    console.log(`${step.name}: ${isDone ? 'done' : 'failed'} (${Math.round((Date.now() - begun) / 1000)} s)`);
  }
}

function execute(step: Step, output: 'inherit' | 'pipe'): Promise<{ readonly isDone: boolean; readonly said: string }> {
  const [command, ...args] = step.command;
  const child = spawn(command!, args, {
    cwd: root, stdio: ['ignore', output, output], env: { ...process.env, JSII_SILENCE_SUPPORT_WARNING: '1', TMPDIR: temporary, ...step.env },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => { said += text; });
  return new Promise((resolve) => {
    child.once('error', ({ message }) => resolve({ isDone: false, said: `${said}${message}\n` }));
    child.once('close', (status) => resolve({ isDone: status === 0, said }));
  });
}

function countJest(report: string): { passed: number; failed: number } {
  if (!existsSync(report)) return { passed: 0, failed: 0 };
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
  return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
}
