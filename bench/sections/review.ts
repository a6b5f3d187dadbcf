import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sampleOf, show } from '../figures';
import type { Section } from '../table';
import { child, workshop } from '../workshop';

interface Took { readonly ms: number; readonly cpu: number }

interface Run {
  readonly synth: Took;
  readonly read: Took;
  readonly draw: Took;
  readonly compare: Took;
  readonly pages: readonly [markdown: number, html: number, json: number];
  readonly mermaid: number;
  readonly groups: number;
}

const SIZES: readonly (readonly [roles: number, stacks: number])[] = [[300, 300], [3_000, 300], [3_000, 3_000]];

export async function review(rounds: number): Promise<Section> {
  const rows: string[][] = [];
  for (const [roles, stacks] of SIZES) {
    const runs: Run[] = [];
    // The largest takes most of the time, and varies least.
    for (let round = 0; round < (stacks > 1_000 ? Math.ceil(rounds / 2) : rounds); round += 1) runs.push(await run(roles, stacks));
    const of = (figure: (one: Run) => number) => sampleOf(runs.map(figure));
    const { pages: [markdown, html, json], mermaid, groups } = runs[0]!;
    rows.push([
      roles.toLocaleString('en-US'), stacks.toLocaleString('en-US'), show(of(({ synth }) => synth.ms)), show(of(({ read }) => read.ms)),
      show(of(({ draw }) => draw.ms)), show(of(({ compare }) => compare.ms)),
      `**${show(of(({ synth, read, draw }) => 100 * (read.ms + draw.ms) / synth.ms), 1)}**`,
      show(of(({ synth, read, draw }) => 100 * (read.cpu + draw.cpu) / synth.cpu), 1),
      String(groups), ...[markdown, mermaid, html, json].map((length) => length.toLocaleString('en-US')),
    ]);
  }
  return {
    title: 'The trust map',
    columns: ['Roles', 'Stacks', 'synth, ms', 'read, ms', 'draw, ms', 'compare, ms', 'read and draw, % of synth', 'of CPU time', 'Groups', 'Markdown', 'Mermaid', 'HTML', 'JSON'],
    rows,
    notes: [
      'Synthesis of connector roles of two kinds, and after it, in the same process, reading the assembly and drawing all three pages. An account a stack; with',
      'ten roles a stack each has a name of its own, so that twenty groups are what there is to see. Between the two the garbage of the synthesis is collected,',
      'which counts on no side: counted on the map it was 5.2 % of one run with 3,000 stacks, and 7.8 % of its CPU time. Lengths are characters. Goal: 5 % of',
      'synth at most, and at 3,000 roles in two groups 3,000 characters of Markdown, 1,500 of Mermaid and 60,000 of HTML.',
    ],
  };
}

async function run(roles: number, stacks: number): Promise<Run> {
  const outdir = mkdtempSync(join(workshop, 'review-'));
  try {
    return await child<Run>(join(workshop, 'review.js'), [String(roles), String(stacks), join(outdir, 'app')]);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
