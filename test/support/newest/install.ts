/*
 * Puts the newest peers that the package was tried with (test/package/newest) beside those that it is developed with. What is there already
 * is kept as long as it is what the lock file says. A folder of npm's own: nothing of it is found by accident.
 *
 *   npx tsx test/support/newest/install.ts
 */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tool } from '../package/tool';

const root = join(__dirname, '..', '..', '..');
const folder = join(root, 'node_modules', '.cache', 'newest-peers');
const wanted = join(root, 'test', 'package', 'newest');
const LOCK = 'package-lock.json';
/** npm writes it last. */
const DONE = join('node_modules', '.package-lock.json');

async function main(): Promise<void> {
  const read = (from: string, file: string) => (existsSync(join(from, file)) ? readFileSync(join(from, file), 'utf8') : undefined);
  if (existsSync(join(folder, DONE)) && read(folder, LOCK) === read(wanted, LOCK)) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(wanted, folder, { recursive: true });
  await tool(folder, 'npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts']);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
