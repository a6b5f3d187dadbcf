/** A suite: the question that it answers, and the folders below test/ that it is. */
export interface Suite {
  readonly question: string;
  readonly folders: readonly string[];
  /** Its files differ in length by minutes: the longest begin. */
  readonly longestFirst?: boolean;
}

export const SUITES: Readonly<Record<string, Suite>> = {
  constructs: { question: 'What does it synthesize?', folders: ['constructs'] },
  handlers: { question: 'What does a handler do? With the client of the service and the responder', folders: ['handlers', 'runtime', 'service'] },
  faults: { question: 'What if any call fails?', folders: ['faults'] },
  random: { question: 'What if anything happens, in any order?', folders: ['random'] },
  tools: { question: 'Do the tools of the tests work?', folders: ['tools'], longestFirst: true },
  deploy: { question: 'Does it work deployed, to the local emulator?', folders: ['deploy'], longestFirst: true },
  package: { question: 'Does it work as shipped? Needs npm run packages', folders: ['package'], longestFirst: true },
};

/** What jest is told to run a suite. Two files at a time: left to itself, it takes one on a machine of two cores. */
export function jestArguments({ folders, longestFirst = false }: Suite): string[] {
  return [...folders.flatMap((folder) => ['--roots', `test/${folder}`]), '--maxWorkers=2', ...longestFirst ? ['--testSequencer=./test/support/longest-first.cjs'] : []];
}
