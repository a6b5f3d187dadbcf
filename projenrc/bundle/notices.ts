import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

const LICENCE_FILES = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENCE', 'LICENCE.md', 'COPYING'];
const RULE = '-'.repeat(80);

/** The folders of the packages whose code is in an output, in the order of their names. */
export function bundledPackages(metafile: Metafile): string[] {
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs));
  const folders = inputs.map((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0]).filter((folder) => folder !== undefined);
  return [...new Set(folders)].sort();
}

/**
 * Returns the notices beside a bundle: each package of others whose code is in it, with the text of its licence.
 *
 * @throws if a package has no licence text, because it may not be shipped then
 */
export function notices(packages: readonly string[]): string {
  const sections = packages.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = LICENCE_FILES.map((candidate) => join(folder, candidate)).find(existsSync);
    if (file === undefined) throw new Error(`${name} is bundled, but its package has no licence text (looked for ${LICENCE_FILES.join(', ')})`);
    return `${RULE}\n${name} ${version} (${license})\n${RULE}\n\n${readFileSync(file, 'utf8').replaceAll('\r\n', '\n').trim()}\n`;
  });
  return ['index.js holds code of these packages, under their licences.\n', ...sections].join('\n');
}
