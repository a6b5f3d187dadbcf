import { Project } from 'projen';
import { jestArguments, SUITES } from './suites';

const LINTED = ['.projenrc.ts', 'projenrc', 'src', 'lambda', 'test', 'examples', 'bench'];

/** Adds short commands for the work on a change, each for one thing. */
export function innerLoop(project: Project): void {
  for (const [name, suite] of Object.entries(SUITES)) {
    // Words after the command choose files by their names. Options are jest's.
    project.addTask(`test:${name}`, { description: suite.question, exec: `jest ${jestArguments(suite).join(' ')}`, receiveArgs: true });
  }
  project.addTask('test:world', {
    description: 'The suite of the constructs beside another AWS CDK: npm run test:world -- lowest|newest|latest plain|recommended',
    exec: 'tsx test/world.ts',
    receiveArgs: true,
  });
  project.addTask('test:related', {
    description: 'The tests of the constructs that load the files behind it: npm run test:related -- src/role/connector-role.ts',
    exec: 'jest --roots src --roots lambda --roots test/constructs --roots test/support --maxWorkers=2 --findRelatedTests',
    receiveArgs: true,
  });
  project.addTask('maps', {
    description: 'Write the trust map of each example into its README',
    exec: 'tsx --tsconfig test/tsconfig.json test/support/review/write-maps.ts',
  });
  project.addTask('types', {
    description: 'Check all types',
    steps: [
      { exec: 'tsc -p lambda/tsconfig.json' },
      { exec: 'tsc -p test/tsconfig.json --noEmit --incremental --tsBuildInfoFile node_modules/.cache/types.json' },
    ],
  });
  project.addTask('lint', {
    description: 'Lint what has changed since the last time; the gate lints everything',
    env: { ESLINT_USE_FLAT_CONFIG: 'false' },
    exec: `eslint --ext .ts --cache --cache-location node_modules/.cache/eslint.json ${LINTED.join(' ')}`,
    receiveArgs: true,
  });
}
