/*
 * How TypeScript becomes what jest runs: esbuild takes the types away, file by file, without loading the compiler into each worker.
 * The types themselves are checked by tsc, in steps of their own.
 */
const { createHash } = require('node:crypto');
const { transformSync, version } = require('esbuild');

const OPTIONS = {
  loader: 'ts', format: 'cjs', target: 'es2022', sourcemap: 'external', sourcesContent: false,
  tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: true } },
};

module.exports = {
  process(source, sourcefile) {
    const { code, map } = transformSync(source, { ...OPTIONS, sourcefile });
    return { code, map };
  },
  // Without the configuration: a world differs in what is mapped, not in what a file becomes.
  getCacheKey: (source, sourcefile) => createHash('sha256').update(JSON.stringify([version, OPTIONS, sourcefile, source])).digest('hex'),
};
