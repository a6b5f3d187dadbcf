import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { addStacks } from '../../../examples/review/stacks';
import { TrustMap } from '../../../src/review/trust-map';
import { tool } from '../../support/package/tool';
import { exampleFolders, mapOfExample, MAPPED, readmeOf, REVIEWED, withMap, writeReviewed } from '../../support/review/example-maps';
import { README, withReview } from '../../support/review/readme';

test('every example has a map', () => {
  expect(MAPPED.map(([example]) => example).sort()).toEqual(exampleFolders().sort());
});

test.each(MAPPED)('the README of %s shows its map as it is now (if not, npm run maps), nothing is to look at, and its page holds no script and no address', async (example, app) => {
  const map = await mapOfExample(app);
  expect(readFileSync(readmeOf(example), 'utf8')).toBe(withMap(example, map));
  expect(map.findings).toEqual([]);
  expect(map.toHtml()).not.toMatch(/<script|https?:\/\/|\son\w+=/i);
  // No hash of an asset or of a logical ID, no token, no folder.
  expect(map.toMarkdown() + map.toJson()).not.toMatch(/[0-9a-f]{32}|[a-z][0-9A-F]{8}\b|TOKEN|cdk\.out|\/tmp\//);
}, 60_000);

test('the README of the project has the guardrails and the review as they are now; if not, npm run maps', () => {
  const readme = readFileSync(README, 'utf8');
  expect(readme).toContain('`npm run maps` -->');
  expect(readme).toBe(withReview(readme));
});

test('the map that stands in examples/review is that of its code; if not, npm run maps', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'reviewed-'));
  await writeReviewed(folder);
  for (const name of ['trust-map.md', 'trust-map.html', 'trust-map.json']) expect(readFileSync(join(REVIEWED, name), 'utf8')).toBe(readFileSync(join(folder, name), 'utf8'));

  rmSync(folder, { recursive: true });
}, 60_000);

test('beside each AWS CDK, and with or without the feature flags of a new app, that map is the same byte for byte', () => {
  const app = new App();
  addStacks(app);
  const map = TrustMap.fromStage(app);
  const written = { 'trust-map.md': map.toMarkdown(), 'trust-map.html': map.toHtml(), 'trust-map.json': map.toJson() };
  for (const [name, text] of Object.entries(written)) expect(text).toBe(readFileSync(join(REVIEWED, name), 'utf8'));
});

test('the test of examples/review passes as it stands there', async () => {
  const root = join(__dirname, '..', '..', '..');
  const config = {
    rootDir: join(root, 'examples', 'review'),
    transform: { '\\.ts$': join(root, 'test', 'support', 'transform.cjs') },
    moduleNameMapper: { '^cdk-qualys-connectors$': join(root, 'src') },
  };
  expect(await tool(root, join(root, 'node_modules', '.bin', 'jest'), ['--ci', '--config', JSON.stringify(config)])).toMatch(/Tests: +2 passed[^]*Snapshots: +1 passed/);
}, 120_000);
