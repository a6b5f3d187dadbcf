#!/usr/bin/env node
/*
 * The CDK CLI as it is, but for its patience: it asks how far a change set or a stack is every five or every two seconds, which no
 * option changes, and the emulator is done in less. Here it asks five times a second. What it concludes stays its own.
 */
const INTERVALS = [2_000, 5_000];
const OFTEN = 200;
const { setTimeout } = globalThis;

const askOften = (callback, delay, ...args) => setTimeout(callback, INTERVALS.includes(delay) ? OFTEN : delay, ...args);
globalThis.setTimeout = Object.assign(askOften, setTimeout);

require('aws-cdk/bin/cdk');
