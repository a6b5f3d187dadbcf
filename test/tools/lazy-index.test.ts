import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModuleKind, transpileModule } from 'typescript';
import { lazyIndex } from '../../projenrc/lazy-index';

/** As jsii compiles src/index.ts. */
const compiled = (source: string) => transpileModule(source, { compilerOptions: { module: ModuleKind.CommonJS } }).outputText;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lazy-index-'));
  writeFileSync(join(folder, 'a.js'), 'console.log("a"); exports.Alpha = class {}; exports.Aleph = 1;');
  writeFileSync(join(folder, 'b.js'), 'console.log("b"); exports.Beta = class Beta {};');
  writeFileSync(join(folder, 'types.js'), '');
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (source: string) => {
  const load = createRequire(join(folder, 'index.js'));
  writeFileSync(join(folder, 'index.js'), lazyIndex(compiled(source), (file) => Object.keys(load(file) as object)));
};
const run = (...args: string[]) => execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' }).trim().split('\n');

test('a file is loaded at the first use of what it exports, once', () => {
  write("export * from './a';\nexport * from './b';\nexport * from './types';");
  expect(run('-p', 'Object.keys(require("./index.js")).join()')).toEqual(['Alpha,Aleph,Beta']);
  expect(run('-p', 'const { Beta } = require("./index.js"); Beta.name')).toEqual(['b', 'Beta']);
  expect(run('-p', 'const all = require("./index.js"); all.Alpha === all.Alpha && all.Aleph === 1')).toEqual(['a', 'true']);
});

test('ES modules import by name', () => {
  write("export * from './a';\nexport * from './b';");
  expect(run('--input-type=module', '-e', 'import { Beta } from "./index.js"; console.log(Beta.name)').at(-1)).toBe('Beta');
});

test('an index that it cannot read stops the build', () => {
  expect(() => write('export class Own {}')).toThrow('no re-exports in the index');
});

test('the index of the library has nothing else in it', () => {
  const lines = readFileSync(join(__dirname, '..', '..', 'src', 'index.ts'), 'utf8').trim().split('\n');
  expect(lines.filter((line) => !/^export \* from '\.\/[a-z-]+\/[a-z-]+';$/.test(line))).toEqual([]);
});
