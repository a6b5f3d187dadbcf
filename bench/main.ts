/*
 * Measures what the library costs and writes the results into README.md beside this file: `npm run bench`.
 *   --rounds N        rounds of each timed comparison (default 5; 1 is a trial)
 *   --only NAME,...   some of: synth, import, template, handlers, calls, proof, fleet, review; prints them and leaves README.md alone
 *   --all             also a fleet of 10,000 accounts, which takes minutes
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { accessProof } from './sections/access-proof';
import { calls } from './sections/calls';
import { fleet } from './sections/fleet';
import { handlers } from './sections/handlers';
import { importTime } from './sections/import';
import { review } from './sections/review';
import { synth } from './sections/synth';
import { template } from './sections/template';
import { markdown, replaceResults, Section } from './table';
import { closeWorkshop, modules, openWorkshop } from './workshop';

const SECTIONS: Readonly<Record<string, (rounds: number, isAll: boolean) => Promise<Section>>> = {
  synth, import: importTime, template, handlers, calls, proof: accessProof, fleet, review,
};

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, only: { type: 'string' }, all: { type: 'boolean', default: false } } });
  const rounds = Number(values.rounds);
  const names = values.only?.split(',') ?? Object.keys(SECTIONS);
  const unknown = names.filter((name) => !Object.hasOwn(SECTIONS, name));
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds must be a whole number of at least 1, got '${values.rounds}'`);
  if (unknown.length > 0) throw new Error(`--only takes ${Object.keys(SECTIONS).join(', ')}, got '${unknown.join(', ')}'`);
  const results = [`\`npm run bench${process.argv.length > 2 ? ` -- ${process.argv.slice(2).join(' ')}` : ''}\`: ${machine()}; ${rounds} rounds, median (min..max).`];
  await openWorkshop(['roles', 'import', 'base-account', 'cold', 'review']);
  try {
    for (const name of names) {
      const section = markdown(await SECTIONS[name]!(rounds, values.all));
      console.log(`\n${section}`);
      results.push(section);
    }
  } finally {
    closeWorkshop();
  }
  if (values.only === undefined) {
    const readme = join(__dirname, 'README.md');
    writeFileSync(readme, replaceResults(readFileSync(readme, 'utf8'), results.join('\n\n')));
  }
}

function machine(): string {
  const { version } = JSON.parse(readFileSync(join(modules, 'aws-cdk-lib', 'package.json'), 'utf8'));
  return `Node ${process.versions.node}, aws-cdk-lib ${version}, ${cpus().length} CPUs (${cpus()[0]?.model.trim() ?? 'unknown'})`;
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
