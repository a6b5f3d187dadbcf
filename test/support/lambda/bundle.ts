import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ASSETS = join(__dirname, '..', '..', '..', 'assets', 'lambda');

/** What a bundle sees of its surroundings, instead of Node's own. */
export interface Surroundings {
  readonly require: (name: string) => unknown;
  readonly process: object;
  readonly fetch: unknown;
  readonly setTimeout: unknown;
  readonly clearTimeout: unknown;
  readonly setInterval: unknown;
  readonly setImmediate: unknown;
  readonly Date: unknown;
  readonly Math: unknown;
  readonly console: unknown;
}

export type Handler = (event: unknown, context: object) => Promise<unknown>;

const NAMES = ['require', 'process', 'fetch', 'setTimeout', 'clearTimeout', 'setInterval', 'setImmediate', 'Date', 'Math', 'console'] as const;
const compiled = new Map<string, (...args: unknown[]) => void>();

/**
 * A fresh evaluation of `assets/lambda/<name>.lambda/index.js`: nothing of an earlier one is left in it. Compiled once, in the
 * caller's realm, so that `instanceof` holds for the errors of the SDK; make the assets with `npx projen bundle`.
 */
export function coldStart(name: string, surroundings: Surroundings): Handler {
  const module = { exports: {} as { handler?: Handler } };
  let script = compiled.get(name);
  if (!script) {
    const file = join(ASSETS, `${name}.lambda`, 'index.js');
    // Not `vm`: under Jest that compiles in another realm than the one in which the SDK is loaded.
    script = new Function('module', 'exports', ...NAMES, `${readFileSync(file, 'utf8')}\n//# sourceURL=${name}.lambda/index.js`) as (...args: unknown[]) => void;
    compiled.set(name, script);
  }
  script(module, module.exports, ...NAMES.map((one) => surroundings[one]));
  if (!module.exports.handler) throw new Error(`the bundle of ${name} exports no handler`);
  return module.exports.handler;
}
