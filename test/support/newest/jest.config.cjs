/*
 * The suite as it runs in a new app of today: beside the newest peers, which install.ts has put there, and with all feature flags that `cdk
 * init` writes. `npx jest --config test/support/newest/jest.config.cjs test/constructs test/new-apps`
 */
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { jest } = require('../../../package.json');

const root = join(__dirname, '..', '..', '..');
const modules = join(root, 'node_modules', '.cache', 'newest-peers', 'node_modules');
if (!existsSync(modules)) throw new Error('the newest peers are not there: npx tsx test/support/newest/install.ts');

module.exports = {
  ...jest,
  rootDir: root,
  moduleNameMapper: { ...jest.moduleNameMapper, '^(aws-cdk-lib|constructs)(/.*)?$': `${modules}/$1$2` },
  setupFiles: [join(__dirname, 'new-app.cjs')],
  // Templates are reviewed without flags, and the API is one.
  testPathIgnorePatterns: ['/node_modules/', '/test/constructs/(examples|api-\\w+)\\.test\\.ts$'],
  reporters: ['default'],
};
