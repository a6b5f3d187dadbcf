import type { BuildOptions } from 'esbuild';

/**
 * How a handler becomes one file. White space goes, and so do the names of variables; the names of functions and classes stay, as
 * the frames of a stack in the log lead to the code by them. No path, time or comment gets into the file, so that only a change
 * of the code changes the hash of the asset.
 */
export function bundleOptions(name: string): BuildOptions & { readonly metafile: true; readonly outfile: string } {
  return {
    entryPoints: [`lambda/${name}.lambda.ts`],
    outfile: `assets/lambda/${name}.lambda/index.js`,
    bundle: true,
    platform: 'node',
    target: 'node20', // the oldest Node that runs the tests
    tsconfig: 'test/tsconfig.json',
    external: ['@aws-sdk/*'], // in the runtime; saves 1 MB a function
    minify: true,
    keepNames: true,
    legalComments: 'none', // most packages have none; their licences are written out beside the bundle
    metafile: true,
  };
}
