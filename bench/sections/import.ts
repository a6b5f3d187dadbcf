import { join } from 'node:path';
import { interleaved, sampleOf, show } from '../figures';
import type { Section } from '../table';
import { child, workshop } from '../workshop';

export async function importTime(rounds: number): Promise<Section> {
  const run = (what: string) => () => child<number>(join(workshop, 'import.js'), [what]);
  const { cdk, app, library, role, account } = await interleaved(3 * rounds, {
    cdk: run('cdk'), app: run('app'), library: run('library'), role: run('ConnectorRole'), account: run('BaseAccount'),
  });
  return {
    title: 'Import',
    columns: ['What', 'ms'],
    rows: [
      ['`aws-cdk-lib` alone', show(sampleOf(cdk), 1)],
      ['`aws-cdk-lib`, and an `App` with a `Stack`', show(sampleOf(app), 1)],
      ['**the library, over `aws-cdk-lib` alone**', `**${show(sampleOf(library), 1)}**`],
      ['the library and its `ConnectorRole`, over an app with a stack', show(sampleOf(role), 1)],
      ['the library and its `BaseAccount`, over an app with a stack', show(sampleOf(account), 1)],
    ],
    notes: [
      '`require` in a process of its own each time. `aws-cdk-lib` loads its parts at their first use, and so does the library: the last two rows are what an app',
      'pays that uses them, most of it parts of `aws-cdk-lib` that it would load for its own roles and functions too. Goal: the library over `aws-cdk-lib` <= 30 ms.',
    ],
  };
}
