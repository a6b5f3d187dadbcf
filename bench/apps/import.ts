/*
 * What loading the library costs: `node import.js cdk|app|library|ConnectorRole|BaseAccount`. Prints milliseconds: of
 * aws-cdk-lib itself, or of the library in a process that has loaded aws-cdk-lib.
 */
const what = process.argv[2]!;

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

const cdk = timed(() => require('aws-cdk-lib'));
const app = timed(() => {
  if (what === 'cdk' || what === 'library') return;
  const { App, Stack } = require('aws-cdk-lib') as typeof import('aws-cdk-lib');
  new Stack(new App(), 'Stack');
});
const library = timed(() => what !== 'cdk' && what !== 'app' && require('cdk-qualys-connectors'));
const touched = timed(() => (what === 'ConnectorRole' || what === 'BaseAccount') && (require('cdk-qualys-connectors') as Record<string, unknown>)[what]);
console.log(JSON.stringify({ cdk: cdk, app: cdk + app, library, ConnectorRole: library + touched, BaseAccount: library + touched }[what]));
