/*
 * Writes the bill of materials of a release beside its packages. Run `tsx projenrc/package/write-sbom.ts` in the root, after packing.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { bill, Manifest } from './sbom';
import { filesOf, tarballIn } from './tarball';

const tarball = tarballIn('dist');
const read = (file: string) => execFileSync('tar', ['-xOzf', tarball, `package/${file}`], { encoding: 'utf8' });
const manifest: Manifest = JSON.parse(read('package.json'));
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const document = bill({
  tarball: readFileSync(tarball),
  manifest,
  notices: filesOf(tarball).filter((file) => file.endsWith('/THIRD-PARTY-NOTICES')).map(read),
  locked: (name) => packages[`node_modules/${name}`] ?? { version: 'none' },
});
writeFileSync(`dist/${manifest.name}.cdx.json`, `${JSON.stringify(document, undefined, 2)}\n`);
