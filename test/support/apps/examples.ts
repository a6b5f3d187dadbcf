import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { tool } from '../package/tool';

const root = join(__dirname, '..', '..', '..');
export const TSX = join(root, 'node_modules', '.bin', 'tsx');

type Context = Readonly<Record<string, string>>;

/** The examples of one topic each. The app that stands there in several languages needs the built packages: test/package. */
export const EXAMPLES = readdirSync(join(root, 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'languages').map((entry) => entry.name);

/** What each example offers by its context, one deployment each; the first is what it does if nothing is said. */
const PHASES: Readonly<Record<string, readonly Context[]>> = {
  'migrate-existing-connectors': [{}, ...['qualysAccount', 'registered', 'baseAccount', 'leaving'].map((phase) => ({ phase }))],
  'organization': [{}, ...['qualysAccount', 'both', 'registered', 'leaving'].map((phase) => ({ phase }))],
  'three-accounts': [{}, { delivery: 'console' }, { cleanUp: 'true', deletionProtection: 'false', adoptExisting: 'true' }],
};
export const phasesOf = (example: string): readonly Context[] => PHASES[example] ?? [{}];

/** In place of what a user has to put into cdk.json, and of the folder that an example writes to. */
export const OWN_VALUES: Context = {
  externalId: '73190284655110493827', externalIdSeed: '58201937461122903847', trustMap: join(tmpdir(), 'trust-map-of-an-example'),
};

/** The environment in which an example finds its context, as the CLI hands it over; it does not note which line made which construct. */
export function contextEnvironment(context: object = {}): NodeJS.ProcessEnv {
  return { CDK_CONTEXT_JSON: JSON.stringify({ ...context, ...OWN_VALUES, 'aws:cdk:disable-creation-stack-traces': true }) };
}

/** As the CLI reads it. */
export function cdkJson(folder: string): { readonly app: string; readonly context: Readonly<Record<string, unknown>> } {
  return JSON.parse(readFileSync(join(root, 'examples', folder, 'cdk.json'), 'utf8'));
}

/** An example, run against the sources; what `read` makes of its assembly. It draws no warning and no error, as `cdk synth --strict` has it. */
export async function synthesizeFromSource<T>(
  example: string, read: (assembly: string) => T, env: NodeJS.ProcessEnv = contextEnvironment(),
): Promise<T> {
  const assembly = mkdtempSync(join(tmpdir(), 'example-'));
  try {
    await tool(root, TSX, ['--tsconfig', 'test/tsconfig.json', `examples/${example}/app.ts`], { ...env, CDK_OUTDIR: assembly });
    const messages = new CloudAssembly(assembly, { skipVersionCheck: true }).stacksRecursively.flatMap((stack) => stack.messages.map(({ id, entry }) => `${id}: ${entry.data as string}`));
    if (messages.length > 0) throw new Error(messages.join('\n'));
    return read(assembly);
  } finally {
    rmSync(assembly, { recursive: true, force: true });
  }
}

/** The packages that an example imports, apart from this one and its peers, at the versions of this project: name@version. */
export function furtherPackages(example: string): string[] {
  const { name, devDependencies, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const folder = join(root, 'examples', example);
  const imported = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(/ from '((?:@[^/']+\/)?[^./'][^/']*)/g)].map((match) => match[1]!));
  return [...new Set(imported)].filter((module) => module !== name && !(module in peerDependencies) && !isBuiltin(module))
    .map((module) => `${module}@${devDependencies[module]}`);
}
