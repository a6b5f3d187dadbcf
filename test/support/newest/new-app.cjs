/* Every app that a test makes, in this process or in one that it starts, is a new one: with all feature flags that `cdk init` writes. */
const { readFileSync } = require('node:fs');

process.env.CDK_CONTEXT_JSON = readFileSync(require.resolve('aws-cdk-lib/recommended-feature-flags.json'), 'utf8');
// The validation of templates takes seconds: it is on where a test is about it.
process.env.CDK_VALIDATION = 'false';
// What is called by a deprecated name would be told to every user of a new app.
process.env.JSII_DEPRECATED = 'fail';
