import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The files of a handler's asset: its code, and the licences of the packages in it. */
const FILES_OF_AN_ASSET = ['index.js', 'THIRD-PARTY-NOTICES'];

/** The one npm tarball in dist/js. */
export function tarballIn(dist: string): string {
  const found = readdirSync(join(dist, 'js')).filter((name) => name.endsWith('.tgz'));
  if (found.length !== 1) throw new Error(`${join(dist, 'js')} should hold one tarball, but holds ${found.length}`);
  return join(dist, 'js', found[0]!);
}

/** The paths in a tarball, relative to the root of the package. */
export function filesOf(tarball: string): string[] {
  return execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n').map((file) => file.replace(/^package\//, ''));
}

/** Returns the errors in the assets of a tarball: handlers without code, and code without a handler. */
export function assetDefects(packed: readonly string[], sources: readonly string[]): string[] {
  const handlers = sources.filter((file) => file.endsWith('.lambda.ts')).map((file) => file.replace(/\.ts$/, ''));
  const expected = handlers.flatMap((name) => FILES_OF_AN_ASSET.map((file) => `assets/lambda/${name}/${file}`));
  return [
    ...expected.filter((file) => !packed.includes(file)).map((file) => `${file} is missing: run 'npm run bundle'`),
    ...packed.filter((file) => file.startsWith('assets/') && !expected.includes(file)).map((file) => `${file} belongs to no handler in lambda/: delete assets/ and run 'npm run bundle'`),
  ];
}
