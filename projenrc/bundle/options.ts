import type { BuildOptions, Plugin } from 'esbuild';
import { shortNamesOfOthers } from './short-names';

/**
 * How a handler becomes one file. White space goes, our names stay: what a formatter gives back is the code as it was written,
 * for those who read it in the Lambda console, and the frames of a stack name its functions. No path, time or comment gets
 * into the file, so that only a change of the code changes the hash of the asset.
 */
export function bundleOptions(name: string): BuildOptions & { readonly metafile: true; readonly plugins: Plugin[] } {
  return {
    entryPoints: [`lambda/${name}.lambda.ts`],
    outfile: `assets/lambda/${name}.lambda/index.js`,
    bundle: true,
    platform: 'node',
    target: 'node20', // the oldest Node that runs the tests
    tsconfig: 'test/tsconfig.json',
    external: ['@aws-sdk/*'], // in the runtime; saves 1 MB a function
    minifyWhitespace: true,
    plugins: [shortNamesOfOthers],
    legalComments: 'none', // most packages have none; their licences are written out beside the bundle
    metafile: true,
  };
}
