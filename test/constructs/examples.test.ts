import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLES, synthesizeFromSource } from '../support/apps/examples';
import { readTemplates } from '../support/synth/templates';

/* What a reviewer reads: the templates without a feature flag. As new apps, with all of them, the examples are run in test/new-apps. */
const folder = join(__dirname, '..', '..', 'examples');

test.each(EXAMPLES)('the example %s has a README and synthesizes what was reviewed', async (example) => {
  expect(readFileSync(join(folder, example, 'README.md'), 'utf8')).toMatch(/^# /);
  const templates = await synthesizeFromSource(example, readTemplates);
  expect(Object.keys(templates).length).toBeGreaterThan(0);
  expect(templates).toMatchSnapshot();
});
