import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { tool } from './package/tool';
import { readTemplates } from './templates';

const root = join(__dirname, '..', '..');
export const TSX = join(root, 'node_modules', '.bin', 'tsx');

/** The examples of one topic each. The app that stands there in several languages needs the built packages: test/package. */
export const EXAMPLES = readdirSync(join(root, 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'languages').map((entry) => entry.name);

/** An example, run against the sources; the templates by stack. */
export async function synthesizeFromSource(example: string): Promise<Record<string, unknown>> {
  const assembly = mkdtempSync(join(tmpdir(), 'example-'));
  try {
    await tool(root, TSX, ['--tsconfig', 'test/tsconfig.json', `examples/${example}/app.ts`], { CDK_OUTDIR: assembly });
    const messages = new CloudAssembly(assembly).stacksRecursively.flatMap((stack) => stack.messages.map(({ id, entry }) => `${id}: ${entry.data as string}`));
    if (messages.length > 0) throw new Error(messages.join('\n')); // as `cdk synth --strict` has it
    return readTemplates(assembly);
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
