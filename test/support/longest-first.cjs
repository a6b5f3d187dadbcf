/*
 * The order in which jest takes the files of a suite: the longest first, so that no worker is left with one of them at the end. On a
 * fresh clone jest knows only how big a file is. Each list is in the order of time; what it does not name is short, and in jest's own order.
 */
const { default: Sequencer } = require('@jest/test-sequencer');

const LONGEST = [
  'new-apps/examples', 'upgrades/properties', 'review/example-maps', 'constructs/examples', 'app/diffs', 'surface/given', 'surface/api-surface',
  'review/hidden-ways', 'policies/used', 'monitoring/connector-monitoring', 'references/weak', 'monitoring/connector-alarms',
  'constructs/programs', 'policies/statements', 'upgrades/differences', 'upgrades/templates', 'base-account/base-account-alarms',

  'matrix/registration', 'matrix/rotation', 'matrix/daily-run', 'matrix/fleet', 'matrix/connector', 'matrix/monitoring', 'matrix/role-trust', 'matrix/key',

  'sequences/role-trust', 'sequences/connectors', 'input/service-answers', 'sequences/base-account', 'sequences/interleavings', 'input/events', 'input/properties',
  'input/rotation-events', 'input/monitoring-events', 'input/trust-documents', 'input/secret-values', 'fleet/sequences', 'input/leaks',

  'stacks/cdk-modes', 'stacks/cdk', 'tools/demo',

  'deploy/first-deployment', 'deploy/organization', 'deploy/new-app', 'deploy/migration', 'deploy/base-account', 'deploy/rotation', 'deploy/monitoring',
  'deploy/retained', 'deploy/delete-guard', 'deploy/role-trust',

  'package/languages', 'package/reviewed', 'package/peers', 'package/assets',
];

const rank = ({ path }) => {
  const index = LONGEST.findIndex((name) => path.endsWith(`/${name}.test.ts`));
  return index === -1 ? LONGEST.length : index;
};

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
};
