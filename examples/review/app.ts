import { App, Validations } from 'aws-cdk-lib';
import { TrustReview } from 'cdk-qualys-connectors';
import { addStacks } from './stacks';

/* Every synthesis writes the trust map, and ends with an error where a role is open to those whom nobody meant. */
const app = new App();
addStacks(app);
Validations.of(app).addPlugins(new TrustReview({
  directory: app.node.tryGetContext('trustMap') ?? 'trust-map',
  // A pull request is compared with the branch that it goes to: cdk synth -c trustMapBefore=before.json
  baseline: app.node.tryGetContext('trustMapBefore'),
}));
