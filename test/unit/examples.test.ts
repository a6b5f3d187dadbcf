import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXAMPLES } from '../support/examples';
import { readTemplates } from '../support/templates';

const root = join(__dirname, '..', '..');

/** An example as a user runs it; the templates by stack. */
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
    return readTemplates(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test.each(EXAMPLES)('the example %s has a README and synthesizes what was reviewed', (example) => {
  expect(readFileSync(join(root, 'examples', example, 'README.md'), 'utf8')).toMatch(/^# /);
  const templates = synthesize(example);
  expect(Object.keys(templates).length).toBeGreaterThan(0);
  expect(templates).toMatchSnapshot();
});
