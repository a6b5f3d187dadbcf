import { RuntimeWorld } from './custom-resource';
import { systemClock } from './world';

/** The real world of a function in Lambda. */
export const systemWorld: RuntimeWorld = {
  fetch,
  clock: systemClock,
  random: Math.random,
  env: process.env,
  write: (line) => { process.stdout.write(`${line}\n`); },
};
