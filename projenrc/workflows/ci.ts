import { github, Project } from 'projen';
import { COMMANDS } from './commands';
import { PUBLISHERS_FOLDER } from './publishers';
import { checkout, install, job, run } from './steps';
import { LANGUAGES, NEWER_NODES, OLDEST_NODE } from './toolchain';

/** Mondays, before people in Europe begin. */
const WEEKLY = '23 3 * * 1';
const WEEKLY_ONLY = "github.event_name == 'schedule' || github.event_name == 'workflow_dispatch'";
const ON_CHANGES = "github.event_name != 'schedule'";

const FLAGS = ['plain', 'recommended'];

/** A matrix of AWS CDK versions and feature flags. The gate tests the lowest version without flags, and the newest with all. */
const world = (cdks: readonly string[], flags: readonly string[], exclude: readonly object[] = []) => (
  { failFast: false, matrix: { domain: { cdk: [...cdks], flags: [...flags] }, exclude: [...exclude] as any } }
);
const suiteOfTheWorld = [checkout(), install(), run('Prepare', ...COMMANDS.prepare), run('Constructs', COMMANDS.world('${{ matrix.cdk }}', '${{ matrix.flags }}'))];

const JOBS: Readonly<Record<string, github.workflows.Job>> = {
  'gate': job({
    name: 'Everything, on the oldest Node',
    if: ON_CHANGES,
    timeoutMinutes: 60,
    env: { CI: 'true', REQUIRE_DOTNET: 'true' },
    tools: { node: { version: OLDEST_NODE }, ...LANGUAGES },
    steps: [checkout(), run('Gate', COMMANDS.gate)],
  }),
  'nodes': job({
    name: 'Constructs, handlers and faults on Node ${{ matrix.node }}',
    if: ON_CHANGES,
    timeoutMinutes: 30,
    strategy: { failFast: false, matrix: { domain: { node: [...NEWER_NODES] } } },
    tools: { node: { version: '${{ matrix.node }}' } },
    steps: [
      checkout(), install(), run('Prepare', ...COMMANDS.prepare),
      run('Constructs', COMMANDS.constructs), run('Handlers', COMMANDS.handlers), run('Faults', COMMANDS.faults),
    ],
  }),
  'worlds': job({
    name: 'Constructs beside the ${{ matrix.cdk }} AWS CDK with ${{ matrix.flags }} feature flags',
    if: ON_CHANGES,
    timeoutMinutes: 30,
    strategy: world(['lowest', 'newest'], FLAGS, [{ cdk: 'lowest', flags: 'plain' }, { cdk: 'newest', flags: 'recommended' }]),
    tools: { node: { version: OLDEST_NODE } },
    steps: suiteOfTheWorld,
  }),
  'newest-of-the-day': job({
    name: 'Constructs beside the AWS CDK of the day with ${{ matrix.flags }} feature flags',
    if: WEEKLY_ONLY,
    timeoutMinutes: 30,
    strategy: world(['latest'], FLAGS),
    tools: { node: { version: NEWER_NODES.at(-1)! } },
    steps: suiteOfTheWorld,
  }),
  'review-page': job({
    name: 'The review page in a browser',
    if: ON_CHANGES,
    timeoutMinutes: 20,
    tools: { node: { version: OLDEST_NODE } },
    steps: [checkout(), install(), run('Look at the page', COMMANDS.reviewPage)],
  }),
  'signatures': job({
    name: 'Signatures of what is installed',
    timeoutMinutes: 10,
    tools: { node: { version: NEWER_NODES.at(-1)! } },
    steps: [
      checkout(), install(), run('Packages of the project', COMMANDS.signatures),
      install(PUBLISHERS_FOLDER), { ...run('Packages of what publishes', COMMANDS.signatures), workingDirectory: PUBLISHERS_FOLDER },
    ],
  }),
};

/** Adds the only workflow for checks. It runs for each change, and once a week against the newest releases of others. It writes nothing. */
export function continuousIntegration(project: Project, branch: string): void {
  const workflow = new github.GithubWorkflow(github.GitHub.of(project)!, 'ci', {
    limitConcurrency: true,
    concurrencyOptions: { group: 'ci-${{ github.event_name }}-${{ github.ref }}', cancelInProgress: true },
  });
  workflow.on({ pullRequest: {}, push: { branches: [branch] }, workflowDispatch: {}, schedule: [{ cron: WEEKLY }] });
  const { 'review-page': reviewPage, ...others } = JOBS;
  workflow.addJobs({ ...others, ...project.tasks.tryFind('look:review') ? { 'review-page': reviewPage! } : {} });
}
