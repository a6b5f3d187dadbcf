/* Required by a process that is to run beside the peers in the folder PEERS instead of those that the project is developed with. */
const Module = require('node:module');

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, parent, isMain, options) {
  const isPeer = /^(aws-cdk-lib|constructs)(\/|$)/.test(request);
  return resolve.call(this, request, parent, isMain, isPeer ? { ...options, paths: [process.env.PEERS] } : options);
};
