/* An app with a role that is open without EXTERNAL_ID, and with the review. */
const { App, Stack, Validations } = require('aws-cdk-lib');
const { AccountPrincipal, Role } = require('aws-cdk-lib/aws-iam');
const { TrustReview } = require('cdk-qualys-connectors');

const app = new App();
Validations.of(app).addPlugins(new TrustReview({ directory: 'reviewed' }));
const stack = new Stack(app, 'Member', { env: { account: '222222222222', region: 'us-east-1' } });
const { EXTERNAL_ID } = process.env;
new Role(stack, 'Scanner', { roleName: 'scanner', assumedBy: new AccountPrincipal('888888888888'), externalIds: EXTERNAL_ID ? [EXTERNAL_ID] : undefined });
app.synth();
