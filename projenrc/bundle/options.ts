import type { BuildOptions } from 'esbuild';

/**
 * The options that bundle a handler into one file. White space and the names of variables are removed. The names of functions and classes stay, because
 * stack frames in the log show them. The file has no path, time or comment, so that only a change of the code changes the hash of the asset.
 */
export function bundleOptions(name: string): BuildOptions & { readonly metafile: true; readonly outfile: string } {
  return {
    entryPoints: [`lambda/${name}.lambda.ts`],
    outfile: `assets/lambda/${name}.lambda/index.js`,
    bundle: true,
    platform: 'node',
    target: 'node20', // the oldest Node that runs the tests
    tsconfig: 'test/tsconfig.json',
    external: ['@aws-sdk/*'], // part of the runtime; saves 1 MB in each function
    minify: true,
    keepNames: true,
    legalComments: 'none', // notices.ts writes the licences beside the bundle
    metafile: true,
  };
}
