import { github } from 'projen';

/** The oldest Node that is supported, on which the gate runs. */
export const OLDEST_NODE = '20';
/** Newer ones, on which the suites of the constructs and the handlers run as well: that of the functions is among them. */
export const NEWER_NODES = ['22', '24'];
/** Builds what is released, and publishes it: exact, as npm comes with it, and `npm publish` without a token takes 11.5 or newer. */
export const RELEASE_NODE = '24.22.3';

/** What the packages of the languages are built with. */
export const LANGUAGES: github.workflows.Tools = {
  python: { version: '3.11' },
  java: { version: '17' },
  go: { version: '1.26' },
  dotnet: { version: '10.x' },
};
