import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { interleaved, ratios, sampleOf, show } from '../figures';
import type { Section } from '../table';
import { child, workshop } from '../workshop';

interface Run { readonly ms: number; readonly cpu: number; readonly megabytes: number }

const COUNTS = [1, 100, 1_000, 5_000];

export async function synth(rounds: number): Promise<Section> {
  await sameResources();
  const rows: string[][] = [];
  for (const count of COUNTS) {
    // The largest takes most of the time, and varies least.
    const { library, held, byHand } = await interleaved(count > 1_000 ? Math.ceil(rounds / 2) : rounds, {
      library: () => run('library', count), held: () => run('by-hand-held', count), byHand: () => run('by-hand', count),
    });
    const ms = (runs: Run[]) => runs.map((one) => one.ms);
    const cpu = (runs: Run[]) => runs.map((one) => one.cpu);
    const memory = (runs: Run[]) => runs.map((one) => one.megabytes);
    rows.push([
      count.toLocaleString('en-US'), show(sampleOf(ms(library))), show(sampleOf(ms(byHand))), `**${show(ratios(ms(library), ms(byHand)), 2)}**`,
      show(ratios(cpu(library), cpu(byHand)), 2), show(ratios(cpu(held), cpu(byHand)), 2),
      show(sampleOf(memory(library))), show(sampleOf(memory(byHand))),
    ]);
  }
  return {
    title: 'Synthesis of connector roles',
    columns: ['Roles', 'library, ms', 'by hand, ms', 'ratio', 'ratio of CPU time', 'the same, by hand in a construct', 'library, MB', 'by hand, MB'],
    rows,
    notes: [
      'Construction and `app.synth()` of `ConnectorRole`s and of the same roles and policies written with `iam.Role` and `iam.ManagedPolicy`, 240 a stack, in',
      'a process of its own each time; without loading modules. That both make the same resources is checked at the start of the run (but for the `Sid` of the',
      'trust, which `iam.Role` has no prop for). Memory is the peak of the process. Goal: ratio <= 1.05. In a construct: the same by hand, with one construct a',
      'role that holds it and its policy, as `ConnectorRole` is one; that much of the ratio is AWS CDK\'s.',
    ],
  };
}

async function run(side: string, count: number): Promise<Run> {
  const outdir = mkdtempSync(join(workshop, 'out-'));
  try {
    return await child<Run>(join(workshop, 'roles.js'), [side, String(count), join(outdir, 'app')]);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Otherwise the comparison would be worth nothing. */
async function sameResources(): Promise<void> {
  const [library, byHand] = await Promise.all(['library', 'by-hand'].map(async (side) => {
    const outdir = mkdtempSync(join(workshop, 'same-'));
    await child(join(workshop, 'roles.js'), [side, '2', join(outdir, 'app')]);
    return resources(readFileSync(join(outdir, 'app', 'Stack0.template.json'), 'utf8'));
  }));
  if (library !== byHand) throw new Error(`the roles by hand are not those of the library:\n${byHand}\n${library}`);
}

/** Without logical IDs, and without what only the library can set. */
function resources(template: string): string {
  const found = Object.entries(JSON.parse(template).Resources as Record<string, { Type: string; Properties: object }>);
  const text = found.map(([, { Type, Properties }]) => JSON.stringify([Type, Properties]).replace(/,"Sid":"BaseAccount"/g, '')).sort().join('\n');
  return found.reduce((all, [logicalId, { Type }]) => all.replaceAll(logicalId, Type), text);
}
