import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';

const root = join(__dirname, '..', '..');
const examples = readdirSync(join(root, 'examples'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);

/** An example as a user runs it; the templates by stack, without what changes with every edit of a handler. */
function synthesize(example: string): Record<string, unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'example-'));
  try {
    const { status, stderr } = spawnSync(
      join(root, 'node_modules', '.bin', 'tsx'), ['--tsconfig', 'test/tsconfig.json', `examples/${example}/app.ts`],
      { cwd: root, encoding: 'utf8', env: { ...process.env, CDK_OUTDIR: folder, JSII_SILENCE_SUPPORT_WARNING: '1' } },
    );
    if (status !== 0) {
      throw new Error(stderr);
    }
    const messages = new CloudAssembly(folder).stacksRecursively.flatMap((stack) => stack.messages.map(({ id, entry }) => `${id}: ${entry.data as string}`));
    expect(messages).toEqual([]); // as `cdk synth --strict` has it
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.template.json')).sort();
    const templates = names.map((name) => {
      const text = readFileSync(join(folder, name), 'utf8').replace(/[0-9a-f]{64}/g, '<hash>').replace(/asset\.<hash>/g, 'asset');
      return [name.replace('.template.json', ''), JSON.parse(text)] as const;
    });
    // The template of a pipeline is CDK's.
    return Object.fromEntries(templates.filter(([, { Resources }]) => !Object.values<any>(Resources).some(({ Type }) => Type === 'AWS::CodePipeline::Pipeline')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test.each(examples)('the example %s has a README and synthesizes what was reviewed', (example) => {
  expect(readFileSync(join(root, 'examples', example, 'README.md'), 'utf8')).toMatch(/^# /);
  const templates = synthesize(example);
  expect(Object.keys(templates).length).toBeGreaterThan(0);
  expect(templates).toMatchSnapshot();
});
