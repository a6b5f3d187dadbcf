import { readFile } from 'node:fs/promises';
import { Plugin, transform } from 'esbuild';

/**
 * Cuts the names within the packages of others, and leaves ours as they are: nobody steps through these in the Lambda console,
 * and they are a third of a bundle.
 */
export const shortNamesOfOthers: Plugin = {
  name: 'short-names-of-others',
  setup: (builder) => builder.onLoad({ filter: /\/node_modules\/.*\.m?js$/ }, async ({ path }) => {
    // Not the white space: the notes on what can be left out if it is not used would go with it.
    const { code } = await transform(await readFile(path, 'utf8'), { minifyIdentifiers: true, minifySyntax: true, target: 'node20' });
    return { contents: code, loader: 'js' };
  }),
};
