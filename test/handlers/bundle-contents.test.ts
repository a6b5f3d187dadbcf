import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, Metafile, Plugin } from 'esbuild';
import { notices } from '../../projenrc/bundle/notices';
import { bundleOptions } from '../../projenrc/bundle/options';
import { HANDLER_NAMES, RESOURCE_TYPES } from '../../projenrc/handlers';

const root = join(__dirname, '..', '..');
const shipped = (name: string, file: string) => readFileSync(join(root, 'assets', 'lambda', `${name}.lambda`, file), 'utf8');

/** A commit that changes nothing but comments. */
const chattier: Plugin = {
  name: 'chattier',
  setup: (builder) => builder.onLoad({ filter: /\/lambda\/.*\.ts$/ }, ({ path }) => ({
    contents: `/*! Before. */\n\n// And more.\n${readFileSync(path, 'utf8')}\n/** @license After. */\n`, loader: 'ts',
  })),
};

async function bundle(name: string, plugins: Plugin[] = []): Promise<{ readonly text: string; readonly metafile: Metafile }> {
  const options = bundleOptions(name);
  const { outputFiles, metafile } = await build({ ...options, absWorkingDir: root, write: false, plugins });
  return { text: outputFiles![0]!.text, metafile: metafile! };
}

/** The files that have bytes in the output, and how many. */
function contents(metafile: Metafile): [file: string, bytes: number][] {
  const { inputs } = Object.values(metafile.outputs)[0]!;
  return Object.entries(inputs).map(([file, { bytesInOutput }]): [string, number] => [file, bytesInOutput]).filter(([, bytes]) => bytes > 0);
}

/** Bytes of the output by where they come from: a package of others, or '' for our own. */
function shares(metafile: Metafile): Map<string, number> {
  const bytes = new Map<string, number>();
  for (const [input, bytesInOutput] of contents(metafile)) {
    const inside = input.split('node_modules/').pop()!.split('/');
    const owner = !input.includes('node_modules/') ? '' : inside.slice(0, inside[0]!.startsWith('@') ? 2 : 1).join('/');
    bytes.set(owner, (bytes.get(owner) ?? 0) + bytesInOutput);
  }
  return bytes;
}

test('the list of handlers names each of lambda/, each bundle, and each type of resources', () => {
  const named = (folder: string, ending: RegExp) => readdirSync(join(root, folder)).filter((file) => ending.test(file)).map((file) => file.replace(ending, '')).sort();
  expect(named('lambda', /\.lambda\.ts$/)).toEqual([...HANDLER_NAMES].sort());
  expect(named('assets/lambda', /\.lambda$/)).toEqual([...HANDLER_NAMES].sort());
  const wire = readdirSync(join(root, 'src', 'wire')).map((file) => readFileSync(join(root, 'src', 'wire', file), 'utf8')).join('');
  expect([...wire.matchAll(/'(Custom::\w+)'/g)].map(([, type]) => type).sort()).toEqual([...RESOURCE_TYPES].sort());
});

test('the docs of the network name every endpoint that a function calls', () => {
  const NAMES: Readonly<Record<string, string>> = {
    'cloudformation': 'CloudFormation',
    'dynamodb': 'DynamoDB',
    'iam': 'IAM',
    'organizations': 'Organizations',
    'secrets-manager': 'Secrets',
    'sns': 'SNS',
    'ssm': 'Parameter Store',
    'sts': 'STS',
  };
  const SERVICE = 'src/service/connector-service.ts';
  const DOCS: Readonly<Record<string, string>> = {
    'access-key': 'src/base-account/base-account-user-props.ts', 'role-trust': 'src/role/connector-role-trust.ts', 'base-account': SERVICE, 'connector': SERVICE, 'fleet': SERVICE,
  };
  const docstring = (file: string) => /\/\*\*(?:(?!\*\/)[^])*(?:network is that|calls from)[^]*?\*\//.exec(readFileSync(join(root, file), 'utf8'))![0];
  const common = docstring('src/service/function-options.ts');
  for (const name of HANDLER_NAMES) {
    const clients = [...new Set([...shipped(name, 'index.js').matchAll(/@aws-sdk\/client-([a-z-]+)/g)].map(([, client]) => client!))];
    const text = common + docstring(DOCS[name]!);
    expect([name, clients.filter((client) => !text.includes(NAMES[client] ?? `no name of ${client}`))]).toEqual([name, []]);
  }
});

describe.each(HANDLER_NAMES)('the bundle of %s', (name) => {
  test('is the same again, byte for byte, also after an edit of comments (fault 69)', async () => {
    expect((await bundle(name)).text).toBe(shipped(name, 'index.js'));
    expect((await bundle(name, [chattier])).text).toBe(shipped(name, 'index.js'));
  });

  test('tells nothing of the machine that made it', () => {
    expect(shipped(name, 'index.js')).not.toContain(root);
    expect(shipped(name, 'index.js')).not.toContain('lambda.ts');
  });

  test('comes with the licence of each package that it holds code of', async () => {
    const { metafile } = await bundle(name);
    const packages = [...shares(metafile).keys()].filter((owner) => owner !== '');
    expect(packages).toContain('zod');
    for (const dependency of packages) {
      const folder = join(root, 'node_modules', dependency);
      const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      expect(shipped(name, 'THIRD-PARTY-NOTICES')).toContain(`${dependency} ${version} (`);
      expect(shipped(name, 'THIRD-PARTY-NOTICES')).toContain(readFileSync(join(folder, 'LICENSE'), 'utf8').trim());
    }
  });

  // z.catch alone would bring 12 KB, z.int 1.5, the classic build of zod 80.
  test('holds no more of the schema library than it needs', async () => {
    expect(shares((await bundle(name)).metafile).get('zod')).toBeLessThan(27_500);
  });
});

test('the check of connectors has 5 kB of their function at most', async () => {
  const unchecked: Plugin = {
    name: 'unchecked',
    setup: (builder) => builder.onLoad({ filter: /connectors\/health\/.*\.ts$/ }, () => ({ contents: 'export const monitor = undefined, stackResources = undefined;' })),
  };
  expect(shipped('connector', 'index.js').length - (await bundle('connector', [unchecked])).text.length).toBeLessThanOrEqual(5_000);
});

test('the function of a fleet has a tenth more than that of the connectors and 115 kB at most, and no code of CloudView or of entries of base accounts', async () => {
  const size = (name: string) => shipped(name, 'index.js').length;
  expect(size('fleet')).toBeLessThanOrEqual(size('connector') * 1.1);
  expect(size('fleet')).toBeLessThanOrEqual(115_000);
  const files = contents((await bundle('fleet')).metafile).map(([file]) => file);
  expect(files).toContain('lambda/service/qps/connectors.ts');
  expect(files.filter((file) => /cloudview|base-account/.test(file))).toEqual([]);
});

test('a package without the text of its licence cannot be bundled', () => {
  const folder = mkdtempSync(join(tmpdir(), 'no-licence-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{"name": "pirate", "version": "1.0.0", "license": "MIT"}');
    expect(() => notices([folder])).toThrow('pirate is bundled, but its package has no licence text');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('bundles and notices are in the package', () => {
  const [{ files }] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root, encoding: 'utf8' }));
  const paths = files.map((file: { path: string }) => file.path).filter((path: string) => path.startsWith('assets/')).sort();
  expect(paths).toEqual(HANDLER_NAMES.flatMap((name) => [`assets/lambda/${name}.lambda/THIRD-PARTY-NOTICES`, `assets/lambda/${name}.lambda/index.js`]).sort());
});
