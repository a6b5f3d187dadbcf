/** The commands of the jobs. Each is a script of package.json or of the repository. */
export const COMMANDS = {
  /** All checks, on a clean checkout. */
  gate: 'bash .ci/run',
  /** Prepares a suite that runs alone. It makes the bundles of the handlers, and the jsii manifest. */
  prepare: ['npm run bundle', 'npm run compile'],
  constructs: 'npm run test:constructs',
  handlers: 'npm run test:handlers',
  faults: 'npm run test:faults',
  /**
   * Runs the suite of the constructs with another AWS CDK.
   *
   * - Version: `lowest` or `newest`, as in the tests of the tarball, or `latest`, the newest of the day.
   * - Feature flags: `recommended`, all that a new app has, or `plain`, none.
   */
  world: (cdk: string, flags: string) => `npm run test:world -- ${cdk} ${flags}`,
  /** Tests the review page in a headless browser. The job exists only if the task does. */
  reviewPage: 'npm run look:review',
  signatures: 'npm audit signatures',
} as const;
