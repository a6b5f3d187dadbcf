/*
 * Of each construct AWS CDK notes the line that made it, by a stack trace through the source maps: a fifth of the time of a synthesis.
 * It stands in no template, so apps of tests do without.
 */
const { CDK_CONTEXT_JSON = '{}' } = process.env;
const context = { ...JSON.parse(CDK_CONTEXT_JSON), 'aws:cdk:disable-creation-stack-traces': true, 'aws:cdk:disable-stack-trace': true };
process.env.CDK_CONTEXT_JSON = JSON.stringify(context);
