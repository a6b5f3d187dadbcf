import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** A Chromium of the machine. Undefined: there is none; REQUIRE_BROWSER says that there must be. */
export function browserPath(): string | undefined {
  const found = [...process.env.CHROMIUM === undefined ? [] : [process.env.CHROMIUM],
    ...(process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))].find(isThere);
  if (found === undefined && process.env.REQUIRE_BROWSER === 'true') throw new Error(`there is none of ${NAMES.join(', ')} on PATH: install one, or name it in CHROMIUM`);
  return found;
}

function isThere(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
