import { RuntimeWorld } from './custom-resource';
import { systemClock } from './world';

/** The world as it is in Lambda. */
export const systemWorld: RuntimeWorld = {
  fetch,
  clock: systemClock,
  random: Math.random,
  env: process.env,
  write: (line) => { process.stdout.write(`${line}\n`); },
};
