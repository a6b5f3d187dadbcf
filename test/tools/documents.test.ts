import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/* What the documents for people name has to exist: paths, names of files and commands, each in backticks, and links. */
const REPOSITORY = join(__dirname, '../..');
const FILES = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: REPOSITORY, encoding: 'utf8' }).trim().split('\n');
const SCRIPTS = Object.keys(JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8')).scripts);
const DOCUMENTS = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md'];

const PATH = /^(?:src|lambda|test|projenrc|examples|docs|bench|rosetta|\.github|\.projen)(?:\/[\w.*<>-]+)*\/?$/;
const FILE_NAME = /^[\w*-]+(?:\/[\w*-]+)*(?:\.\w+)*\.(?:ts|md)$/;
const COMMAND = /npm run (?:-s )?([a-z][\w:]*)/g;

/** `<name>` and `*` stand for a part of a path. */
function pattern(path: string): string {
  return path.replace(/\/$/, '').replace(/<[^>]*>|\*+\/?\*?|[.+]/g, (part) => (/^[.+]$/.test(part) ? `\\${part}` : part.startsWith('**/') ? '(?:.*/)?[^/]*' : '[^/]*'));
}

/** Whether there is such a path, or a file with such an end of its path. */
function exists(named: string): boolean {
  const found = PATH.test(named) ? new RegExp(`^${pattern(named)}(/|$)`) : new RegExp(`(^|/)${pattern(named)}$`);
  return FILES.some((file) => found.test(file));
}

function missingIn(text: string): string[] {
  const quoted = [...text.matchAll(/`([^`\n]+)`/g)].map((match) => match[1]!);
  const linked = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map((match) => match[1]!);
  const named = [...quoted.filter((one) => PATH.test(one) || FILE_NAME.test(one)), ...linked].filter((one) => !exists(one));
  const commands = [...text.matchAll(COMMAND)].map((match) => match[1]!).filter((name) => !SCRIPTS.includes(name)).map((name) => `npm run ${name}`);
  return [...named, ...commands];
}

test.each(DOCUMENTS)('what %s names exists', (document) => {
  expect(missingIn(readFileSync(join(REPOSITORY, document), 'utf8'))).toEqual([]);
});

test('a path, a file, a link and a command that do not exist are found', () => {
  expect(missingIn('`src/wire/gone.ts`, `gone.test.ts`, [it](docs/gone.md), `npm run gone -- x`, `src/<feature>/connector.ts`, `lambda/**/gone-*.ts`')).toEqual([
    'src/wire/gone.ts', 'gone.test.ts', 'lambda/**/gone-*.ts', 'docs/gone.md', 'npm run gone',
  ]);
});
