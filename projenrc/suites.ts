/** A suite: the question that it answers, and its folders below test/. */
export interface Suite {
  readonly question: string;
  readonly folders: readonly string[];
  /** Number of files that run at the same time, two by default. By itself, jest takes one on a machine with two cores. */
  readonly workers?: number;
}

export const SUITES: Readonly<Record<string, Suite>> = {
  constructs: { question: 'What does it synthesize?', folders: ['constructs'] },
  handlers: { question: 'What does a handler do? With the client of the service and the responder', folders: ['handlers', 'runtime', 'service'] },
  faults: { question: 'What if any call fails?', folders: ['faults'] },
  random: { question: 'What if anything happens, in any order?', folders: ['random'] },
  tools: { question: 'Do the tools of the tests work?', folders: ['tools'] },
  // Deployments wait more than they work.
  deploy: { question: 'Does it work deployed, to the local emulator?', folders: ['deploy'], workers: 3 },
  package: { question: 'Does it work as shipped? Needs npm run packages', folders: ['package'] },
};

/** The arguments of jest for a suite. */
export function jestArguments({ folders, workers = 2 }: Suite): string[] {
  return [...folders.flatMap((folder) => ['--roots', `test/${folder}`]), `--maxWorkers=${workers}`, '--testSequencer=./test/support/longest-first.cjs'];
}
