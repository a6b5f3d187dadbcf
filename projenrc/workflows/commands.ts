/** What the jobs run, once and in one place: each is a script of package.json or of the repository. */
export const COMMANDS = {
  /** All that is checked, on a clean checkout. */
  gate: 'bash .ci/run',
  /** What suites need that are run alone: the code of the handlers, and the manifest. */
  prepare: ['npm run bundle', 'npm run compile'],
  constructs: 'npm run test:constructs',
  handlers: 'npm run test:handlers',
  faults: 'npm run test:faults',
  /**
   * The suite of the constructs beside another AWS CDK: `lowest` or `newest` as the tests of the tarball know them, or `latest`, what
   * is the newest that day; with all feature flags that a new app has (`recommended`), or without (`plain`).
   */
  world: (cdk: string, flags: string) => `npm run test:world -- ${cdk} ${flags}`,
  /** The review page in a browser without a screen. The job is there once the task is. */
  reviewPage: 'npm run look:review',
  signatures: 'npm audit signatures',
} as const;
