import { App } from 'aws-cdk-lib';
import { TrustMap } from 'cdk-qualys-connectors';
import { addStacks } from './stacks';

const app = new App();
addStacks(app);
const map = TrustMap.fromStage(app);

test('the connector roles let in the user of the base account, and nobody else', () => {
  expect(map.callersOf('QualysConnector')).toEqual([
    'Base account 111111111111, user qualys-base-account, with external ID 8317265094418823‹account›',
  ]);
  expect(map.findings).toEqual([]);
});

test('who may become whom is what was reviewed', () => {
  expect(map.toMarkdown()).toMatchSnapshot();
});
