import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TrustMap } from '../../../src/review/trust-map';
import { contextEnvironment, EXAMPLES, synthesizeFromSource } from '../apps/examples';

/* The README of each example shows the trust map of the example. `npm run maps` writes it. */
const folder = join(__dirname, '..', '..', '..', 'examples');

const [BEGIN, END] = ['<!-- The trust map, written by `npm run maps`. -->', '<!-- The end of the trust map. -->'];

/** Not to be taken for values of one's own: whoever copies these is told by the library. */
const VALUES = { externalId: 'an-external-id-of-your-own', externalIdSeed: 'a-seed-of-your-own' };

/** Each example with a map, and the folder of its app. */
export const MAPPED: readonly (readonly [example: string, app: string])[] = [
  ...EXAMPLES.map((example) => [example, example] as const), ['languages', join('languages', 'typescript')],
];

export const readmeOf = (example: string): string => join(folder, example, 'README.md');

/** The map of an example. */
export async function mapOfExample(app: string): Promise<TrustMap> {
  return synthesizeFromSource(app, (assembly) => TrustMap.fromAssembly(assembly), environment());
}

/** The README with this map. */
export function withMap(example: string, map: TrustMap): string {
  const section = map.toMarkdown().replace(/^# Trust map$/m, '## Trust map').replace(/^## (?!Trust map)/gm, '### ').trim();
  const text = readFileSync(readmeOf(example), 'utf8');
  const former = text.includes(BEGIN) ? text.slice(0, text.indexOf(BEGIN)) : `${text.trimEnd()}\n\n`;
  const after = text.includes(END) ? text.slice(text.indexOf(END) + END.length) : '\n';
  return `${former}${BEGIN}\n\n${section}\n\n${END}${after}`;
}

function environment(): NodeJS.ProcessEnv {
  const { CDK_CONTEXT_JSON } = contextEnvironment();
  return { CDK_CONTEXT_JSON: JSON.stringify({ ...JSON.parse(CDK_CONTEXT_JSON!), ...VALUES }) };
}

/** Writes the files of the example that has them committed. */
export async function writeReviewed(directory: string): Promise<void> {
  const { CDK_CONTEXT_JSON } = environment();
  await synthesizeFromSource('review', () => undefined, { CDK_CONTEXT_JSON: JSON.stringify({ ...JSON.parse(CDK_CONTEXT_JSON!), trustMap: directory }) });
}

export const REVIEWED = join(folder, 'review', 'trust-map');

/** Every example has a README, and no folder is forgotten. */
export function exampleFolders(): string[] {
  return readdirSync(folder).filter((name) => existsSync(readmeOf(name)));
}
