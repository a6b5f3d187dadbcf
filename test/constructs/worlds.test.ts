import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, FeatureFlags } from 'aws-cdk-lib';
import { appWithoutFlags } from '../support/world';

/* The suite is run twice (test/all.ts), and would pass as easily if the second run were the first once more. */
const json = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
const peers = (set: string): Record<string, string> => json(join(__dirname, '..', 'package', set, 'package.json')).dependencies;
const FLAGS = ['@aws-cdk/core:defaultCrossStackReferences', '@aws-cdk/core:enablePartitionLiterals', '@aws-cdk/aws-iam:minimizePolicies', '@aws-cdk/core:validateAgainstDefaultRules'];
const isNewApp = process.env.CDK_CONTEXT_JSON !== undefined;

test(`this is the world of ${isNewApp ? 'a new app: the newest peers, and all flags' : 'the first users: the lowest peers, and no flag'}`, () => {
  const expected = peers(isNewApp ? 'newest' : 'lowest');
  const found = Object.fromEntries(Object.keys(expected).map((name) => [name, json(require.resolve(`${name}/package.json`)).version]));
  expect(found).toEqual(expected);
  expect(FLAGS.map((flag) => Boolean(new App().node.tryGetContext(flag)))).toEqual(FLAGS.map(() => isNewApp));
  expect(FeatureFlags.of(new App()).isEnabled('@aws-cdk/aws-iam:minimizePolicies') ?? false).toBe(isNewApp);
});

test('an app that was made without flags stays so in both', () => {
  expect(FLAGS.map((flag) => appWithoutFlags().node.tryGetContext(flag))).toEqual(FLAGS.map(() => undefined));
});
