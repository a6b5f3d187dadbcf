import { github } from 'projen';

/** The oldest supported Node. The gate runs on it. */
export const OLDEST_NODE = '20';
/** Newer Nodes, on which constructs, handlers and faults are tested too. The runtime of the functions is one of them. */
export const NEWER_NODES = ['22', '24'];
/** The Node that builds and publishes a release. The version is exact because npm comes with it, and publishing without a token needs npm 11.5. */
export const RELEASE_NODE = '24.22.3';

/** The tools that build the packages of the languages. */
export const LANGUAGES: github.workflows.Tools = {
  python: { version: '3.11' },
  java: { version: '17' },
  go: { version: '1.26' },
  dotnet: { version: '10.x' },
};
