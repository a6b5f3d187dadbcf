/*
 * Makes lib/index.js load each file of the library at the first use of what it exports, as aws-cdk-lib does: an app that
 * only makes roles does not load functions, rules and alarms. Runs after jsii: `tsx projenrc/lazy-index.ts lib/index.js`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const REEXPORT = /^__exportStar\(require\("([^"]+)"\), exports\);$/gm;

/**
 * Returns the index that loads each file at the first use of its exports. Throws if the source has no re-exports.
 *
 * @param namesIn the names that a file exports at run time, so no types
 */
export function lazyIndex(source: string, namesIn: (file: string) => readonly string[]): string {
  const files = [...source.matchAll(REEXPORT)].map((match) => match[1]!);
  if (files.length === 0) throw new Error('there are no re-exports in the index: either it is lazy already, or jsii now writes them in another way');
  const exported = files.map((file) => ({ file, names: namesIn(file) })).filter(({ names }) => names.length > 0);
  return [
    '"use strict";',
    'Object.defineProperty(exports, "__esModule", { value: true });',
    'const lazily = (load, names) => {',
    '  for (const name of names) Object.defineProperty(exports, name, { enumerable: true, configurable: true, get: () => load()[name] });',
    '};',
    ...exported.map(({ file, names }) => `lazily(() => require(${JSON.stringify(file)}), ${JSON.stringify(names)});`),
    '// For `import` in ES modules, which reads the names of exports from the text.',
    `0 && (module.exports = { ${exported.flatMap(({ names }) => names).join(', ')} });`,
    '',
  ].join('\n');
}

if (require.main === module) {
  const index = resolve(process.argv[2]!);
  const load = createRequire(index);
  writeFileSync(index, lazyIndex(readFileSync(index, 'utf8'), (file) => Object.keys(load(file) as object)));
}
