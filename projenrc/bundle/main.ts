/*
 * Bundles one handler, and writes the licences of the bundled packages beside it: `tsx projenrc/bundle/main.ts access-key`.
 */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { bundledPackages, notices } from './notices';
import { bundleOptions } from './options';

async function main(name: string): Promise<void> {
  const options = bundleOptions(name);
  const { metafile } = await build({ ...options, logLevel: 'info' });
  writeFileSync(join(dirname(options.outfile), 'THIRD-PARTY-NOTICES'), notices(bundledPackages(metafile!)));
}

main(process.argv[2]!).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
