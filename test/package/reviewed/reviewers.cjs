/*
 * Preloaded into an app: has cdk-nag and the rules of AWS Control Tower look at whatever it synthesizes. WITHOUT names an
 * acknowledgement that is left out, as it stands in the metadata.
 */
const { App, Stage, Validations } = require('aws-cdk-lib');
const { CfnGuardValidator } = require('@cdklabs/cdk-validator-cfnguard');
const { AwsSolutionsChecks, NIST80053R5Checks } = require('cdk-nag');
const { Node } = require('constructs');

const reviewed = new WeakSet();
const { synth } = Stage.prototype;
Stage.prototype.synth = function (options) {
  if (App.isApp(this) && !reviewed.has(this)) {
    reviewed.add(this);
    Validations.of(this).addPlugins(new AwsSolutionsChecks(this), new NIST80053R5Checks(this), new CfnGuardValidator({ maxBuffer: 64 * 1024 * 1024 }));
  }
  return synth.call(this, options);
};

const { addMetadata } = Node.prototype;
Node.prototype.addMetadata = function (type, data, options) {
  if (process.env.WITHOUT && type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY) {
    data = Object.fromEntries(Object.entries(data).filter(([id]) => !id.endsWith(`::${process.env.WITHOUT}`)));
  }
  return addMetadata.call(this, type, data, options);
};
