import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cdkJson, contextEnvironment, EXAMPLES, phasesOf, synthesizeFromSource } from '../support/apps/examples';
import { readValidationReport } from '../support/package/validation-report';

/* The examples as a user of today copies them: beside the newest AWS CDK, with the flags of their cdk.json, and with templates validated. */
const root = join(__dirname, '..', '..');
const flags = JSON.parse(readFileSync(require.resolve('aws-cdk-lib/recommended-feature-flags.json'), 'utf8'));
const LANGUAGES = ['typescript', 'javascript', 'python', 'java', 'go', 'csharp'].map((language) => join('languages', language))
  .filter((folder) => existsSync(join(root, 'examples', folder)));

test.each([...EXAMPLES, ...LANGUAGES])('the cdk.json of %s has the flags that cdk init writes', (example) => {
  expect(cdkJson(example).context).toMatchObject(flags);
  expect(Object.keys(cdkJson(example).context).filter((key) => key.startsWith('@aws-cdk') && !(key in flags))).toEqual([]);
});

test('the CDK CLI of the project writes the flags of the newest AWS CDK', () => {
  const written = join(root, 'node_modules', 'aws-cdk', 'lib', 'init-templates', '.recommended-feature-flags.json');
  expect(JSON.parse(readFileSync(written, 'utf8'))).toEqual(flags);
});

const CASES = EXAMPLES.flatMap((example) => phasesOf(example).map((context): [string, object] => [example, context]));

test.each(CASES)('the example %s with %j is synthesized without a finding, a warning or an error', async (example, context) => {
  const env = {
    ...contextEnvironment({ ...cdkJson(example).context, ...context }),
    CDK_VALIDATION: undefined,
    NODE_OPTIONS: `--require ${join(root, 'test', 'support', 'package', 'redirect.cjs')}`,
  };
  const { open, plugins } = await synthesizeFromSource(example, readValidationReport, env);
  expect(open).toEqual([]);
  expect(plugins.length).toBeGreaterThanOrEqual(0);
}, 120_000);
