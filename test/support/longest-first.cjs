/*
 * The order in which jest takes the files of a step that runs several at a time: the longest first, so that none of them waits for
 * another one at the end. On a fresh clone jest knows only how big a file is, which says nothing here.
 */
const { default: Sequencer } = require('@jest/test-sequencer');

const LONGEST = ['languages', 'first-deployment', 'organization', 'new-app', 'migration', 'base-account', 'rotation', 'monitoring', 'retained', 'delete-guard', 'reviewed', 'peers', 'role-trust', 'assets', 'cdk'];

const rank = ({ path }) => {
  const [, name] = /([^/]+)\.test\.ts$/.exec(path);
  // What is tested of the emulator alone is short.
  const index = path.includes('/tools/emulator/') && name !== 'cdk' ? -1 : LONGEST.indexOf(name);
  return index === -1 ? LONGEST.length : index;
};

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return [...tests].sort((a, b) => rank(a) - rank(b) || a.path.localeCompare(b.path));
  }
};
