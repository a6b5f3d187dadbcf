import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../emulator/repository';

const DIST = join(REPOSITORY, 'dist');

export const PACKAGE = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));

/** What `npm run packages` has built. */
export const packages = {
  npm: () => built('js', /\.tgz$/),
  wheel: () => built('python', /\.whl$/),
  /** A Maven repository. */
  java: () => built('java', /^io$/),
  go: () => built('go', /^cdkqualysconnectors$/),
  /** The sources. */
  csharp: () => built('dotnet', /^CdkQualysConnectors$/),
  nuget: () => built('dotnet', /\.nupkg$/),
  billOfMaterials: () => join(DIST, `${PACKAGE.name}.cdx.json`),
};

function built(language: string, name: RegExp): string {
  const folder = join(DIST, language);
  const found = existsSync(folder) ? readdirSync(folder).filter((entry) => name.test(entry)) : [];
  if (found.length !== 1) throw new Error(`dist/${language} should hold one package, but holds ${found.length}: run npm run packages`);
  return join(folder, found[0]!);
}
