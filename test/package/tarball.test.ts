import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../support/emulator/repository';
import { packages } from '../support/package/packages';
import { tool } from '../support/package/tool';

/** The files below a folder of the repository, with their paths from its root. */
function filesIn(folder: string): string[] {
  return readdirSync(join(REPOSITORY, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(REPOSITORY.length + 1));
}

test('the tarball holds what is compiled, the assets, the manifest, the documents, and nothing else', async () => {
  const compiled = filesIn('src').map((file) => file.replace(/^src\/(.*)\.ts$/, 'lib/$1'));
  const expected = [
    ...compiled.flatMap((file) => [`${file}.js`, `${file}.d.ts`]),
    ...filesIn('assets'),
    'package.json',
    '.jsii',
    '.jsii.tabl.json.gz', // the translated examples, for Construct Hub
    'README.md',
    'RUNBOOK.md',
    'API.md',
    'LICENSE',
    ...['CHANGELOG.md'].filter((file) => existsSync(join(REPOSITORY, file))),
  ];
  const listed = await tool(REPOSITORY, 'tar', ['-tzf', packages.npm()]);
  expect(listed.split('\n').map((file) => file.replace(/^package\//, '')).sort()).toEqual(expected.sort());
});

test('the tarball has room left: what is in it is loaded by every user and every pipeline', () => {
  expect(statSync(packages.npm()).size).toBeLessThan(600_000);
});

test('nothing in it maps to sources that are not in it', () => {
  expect(filesIn('lib').concat(filesIn('assets')).filter((file) => readFileSync(join(REPOSITORY, file), 'utf8').includes('sourceMappingURL'))).toEqual([]);
});

test('each asset is one script', () => {
  expect(filesIn('assets').filter((file) => file.endsWith('.js'))).toEqual(
    filesIn('lambda').filter((file) => file.endsWith('.lambda.ts')).map((file) => `assets/${file.replace(/\.ts$/, '/index.js')}`).sort(),
  );
});
