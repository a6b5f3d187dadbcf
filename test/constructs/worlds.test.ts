import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, FeatureFlags } from 'aws-cdk-lib';
import { appWithoutFlags } from '../support/synth/world';

/* The suite is run in several worlds (test/world.ts), and would pass as easily if each were the first once more. */
const json = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
const peers = (set: string): Record<string, string> => json(join(__dirname, '..', 'package', set, 'package.json')).dependencies;
const FLAGS = ['@aws-cdk/core:defaultCrossStackReferences', '@aws-cdk/core:enablePartitionLiterals', '@aws-cdk/aws-iam:minimizePolicies', '@aws-cdk/core:validateAgainstDefaultRules'];
const [cdk, flags] = (process.env.WORLD ?? 'lowest plain').split(' ');
const isNewApp = flags === 'recommended';

test(`this is the world of the ${cdk} AWS CDK with ${flags} feature flags`, () => {
  const { 'aws-cdk-lib': lowest, ...others } = peers('lowest');
  const expected = cdk === 'latest' ? { 'aws-cdk-lib': expect.any(String), ...Object.fromEntries(Object.keys(others).map((name) => [name, expect.any(String)])) } : peers(cdk!);
  const found = Object.fromEntries(Object.keys(expected).map((name) => [name, json(require.resolve(`${name}/package.json`)).version]));
  expect(found).toEqual(expected);
  expect(found['aws-cdk-lib'] === lowest).toBe(cdk === 'lowest');
  expect(FLAGS.map((flag) => Boolean(new App().node.tryGetContext(flag)))).toEqual(FLAGS.map(() => isNewApp));
  expect(FeatureFlags.of(new App()).isEnabled('@aws-cdk/aws-iam:minimizePolicies') ?? false).toBe(isNewApp);
});

test('an app that was made without flags stays so in both', () => {
  expect(FLAGS.map((flag) => appWithoutFlags().node.tryGetContext(flag))).toEqual(FLAGS.map(() => undefined));
});
