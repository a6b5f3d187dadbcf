import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contextEnvironment, EXAMPLES, furtherPackages, synthesizeFromSource, TSX } from '../support/apps/examples';
import { ensureNode } from '../support/emulator/install/node';
import { REPOSITORY } from '../support/emulator/repository';
import { Consumer } from '../support/package/consumer';
import { PACKAGE } from '../support/package/packages';
import { readTemplates } from '../support/synth/templates';

/*
 * The packed tarball in a folder that has nothing but its peers, at both ends of what it accepts. It is run outside of
 * the repository: from there no source file can stand in for one that was not packed.
 */
const MINUTES = 60_000;
const lowest = new Consumer(join(__dirname, 'lowest'));
const newest = new Consumer(join(__dirname, 'newest'));
afterAll(() => [lowest, newest].forEach((consumer) => consumer.remove()));

async function synthesize(consumer: Consumer, example: string, env: NodeJS.ProcessEnv): Promise<string> {
  const packages = furtherPackages(example);
  if (packages.length > 0) await consumer.run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...packages]);
  cpSync(join(REPOSITORY, 'examples', example), join(consumer.folder, example), { recursive: true });
  return consumer.synthesize(TSX, [join(example, 'app.ts')], { ...contextEnvironment(), ...env });
}

/** Every file of a cloud assembly. */
function bytesIn(assembly: string): Record<string, string> {
  const files = readdirSync(assembly, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(files.map((entry) => join(entry.parentPath, entry.name)).sort()
    .map((file) => [file.slice(assembly.length), readFileSync(file, 'latin1')]));
}

test('the lowest set of peers is the floor that the package states', () => {
  const { dependencies } = JSON.parse(readFileSync(join(__dirname, 'lowest', 'package.json'), 'utf8'));
  expect(PACKAGE.peerDependencies).toEqual(Object.fromEntries(Object.entries(dependencies).map(([name, version]) => [name, `^${version}`])));
});

describe.each([['lowest', lowest], ['newest', newest]])('beside its %s peers', (_, consumer) => {
  test('the tarball installs without a word about peers', async () => {
    expect(await consumer.installTarball()).not.toMatch(/peer|ERESOLVE|invalid/i);
  }, 5 * MINUTES);

  test('every class of the manifest can be required', async () => {
    const { types } = JSON.parse(readFileSync(join(consumer.folder, 'node_modules', PACKAGE.name, '.jsii'), 'utf8'));
    const classes = Object.values<{ kind: string; name: string }>(types).filter(({ kind }) => kind !== 'interface').map(({ name }) => name);
    const names = await consumer.run('node', ['--print', `Object.keys(require('${PACKAGE.name}')).sort().join()`]);
    expect(names.split(',')).toEqual(classes.sort());
  });
});

interface Packed {
  readonly templates: unknown;
  readonly map: Record<string, string>;
}

/** The three files of the trust map of an assembly, as the tarball writes them. */
async function mapIn(consumer: Consumer, assembly: string): Promise<Record<string, string>> {
  await consumer.run('node', ['--eval', `require('${PACKAGE.name}').TrustMap.fromAssembly(process.argv[1]).write(process.argv[2])`, assembly, `${assembly}.map`]);
  return bytesIn(`${assembly}.map`);
}

test.each(EXAMPLES)('the example %s synthesizes from the tarball, beside both, what it does from the sources, and its trust map is the same byte for byte', async (example) => {
  // The newest AWS CDK validates for seconds what it synthesizes, unless told not to: one test below lets it.
  const unvalidated = { CDK_VALIDATION: 'false' };
  const [source, ...packed] = await Promise.all([
    synthesizeFromSource(example, readTemplates),
    ...[lowest, newest].map(async (consumer) => {
      const assembly = await synthesize(consumer, example, unvalidated);
      return { templates: readTemplates(assembly), map: await mapIn(consumer, assembly) };
    }),
  ]);
  expect(packed.map(({ templates }) => templates)).toEqual([source, source]);
  const [{ map: beside }, { map }] = packed as [Packed, Packed];
  expect(Object.keys(map).sort()).toEqual(['/trust-map.html', '/trust-map.json', '/trust-map.md']);
  expect(beside).toEqual(map);
}, 5 * MINUTES);

test('Node 20 and Node 24 synthesize the three accounts byte for byte alike', async () => {
  cpSync(join(REPOSITORY, 'examples', 'languages', 'javascript', 'app.js'), join(newest.folder, 'app.js'));
  const [oldest, latest] = await Promise.all([20, 24].map(async (major) => {
    const node = await ensureNode(`nodejs${major}.x`);
    if (node === undefined) throw new Error(`there is no Node ${major} to be had: run the tests with it`);
    expect(await newest.run(node.binary, ['--version'])).toMatch(`v${major}.`);
    return bytesIn(await newest.synthesize(node.binary, ['app.js'], { CDK_VALIDATION: 'false' }));
  }));
  expect(Object.keys(oldest!).filter((file) => file.endsWith('.template.json'))).toHaveLength(4);
  expect(latest).toEqual(oldest);
}, 5 * MINUTES);

test('the validation of the newest AWS CDK finds nothing', async () => {
  const assembly = await synthesize(newest, 'three-accounts', { CDK_VALIDATION: undefined });
  expect(JSON.parse(readFileSync(join(assembly, 'validation-report.json'), 'utf8'))).toMatchObject({ pluginReports: [] });
}, 5 * MINUTES);
