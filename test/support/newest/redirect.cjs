/* Required by a process that is to run beside the newest peers (install.ts) instead of those that the project is developed with. */
const Module = require('node:module');
const { join } = require('node:path');

const folder = join(__dirname, '..', '..', '..', 'node_modules', '.cache', 'newest-peers');
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, parent, isMain, options) {
  const isPeer = /^(aws-cdk-lib|constructs)(\/|$)/.test(request);
  return resolve.call(this, request, parent, isMain, isPeer ? { ...options, paths: [folder] } : options);
};
