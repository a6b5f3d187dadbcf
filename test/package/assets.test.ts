import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { NODE_MODULES, REPOSITORY } from '../support/emulator/repository';
import { tool } from '../support/package/tool';

/*
 * The hash of an asset stands in every template of a user. It may change with what a handler does, and with nothing else:
 * not with the machine, the folder or the time of a build.
 */
const copy = mkdtempSync(join(tmpdir(), 'bundle-'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const PATH = [join(NODE_MODULES, '.bin'), process.env.PATH].join(delimiter);
const bundle = () => tool(copy, join(NODE_MODULES, '.bin', 'projen'), ['bundle'], { PATH });

function assets(root: string): Record<string, string> {
  const files = readdirSync(join(root, 'assets'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(files.map((entry) => join(entry.parentPath, entry.name)).sort()
    .map((file) => [file.slice(root.length), readFileSync(file, 'latin1')]));
}

function edit(change: (source: string) => string): void {
  for (const name of readdirSync(join(copy, 'lambda'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))) {
    const file = join(copy, 'lambda', name);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  }
}

beforeAll(() => {
  const { stdout } = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: REPOSITORY, encoding: 'utf8' });
  for (const file of stdout.split('\0').filter((name) => name !== '')) cpSync(join(REPOSITORY, file), join(copy, file), { recursive: true });

  symlinkSync(NODE_MODULES, join(copy, 'node_modules'));
});

test('a build in another folder, with other comments, gives the same bytes (fault 69)', async () => {
  edit((source) => `// Said before.\n${source.replace(/^(export .*\{)$/gm, '$1\n  // Said inside.')}\n/* Said after. */\n`);
  await bundle();
  expect(assets(copy)).toEqual(assets(REPOSITORY));
}, 180_000);

test('what a handler does matters', async () => {
  edit((source) => source.replace(/'FAILED'/g, "'BROKEN'"));
  await bundle();
  expect(assets(copy)).not.toEqual(assets(REPOSITORY));
}, 180_000);
