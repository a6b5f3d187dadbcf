import { accessSync, constants, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Where screenshots go; undefined when nobody wants any. */
export const SCREENSHOTS = process.env.SCREENSHOTS;

/** A browser that all tests of a file share. Its `describe` leaves them out where there is none, and `without` says so. */
export function browserOfFile(without: string): { readonly describe: jest.Describe; readonly browser: Browser } {
  const path = browserPath();
  let browser: Browser;
  if (path === undefined) process.stdout.write(`${without}: there is no Chromium on PATH.\n`);
  beforeAll(async () => {
    if (SCREENSHOTS !== undefined) mkdirSync(SCREENSHOTS, { recursive: true });
    if (path !== undefined) browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox', '--disable-gpu'] });
  }, 60_000);
  afterAll(() => browser?.close());
  return { describe: path === undefined ? describe.skip : describe, get browser() { return browser; } };
}

/** A Chromium of the machine. Undefined: there is none; REQUIRE_BROWSER says that there must be. */
function browserPath(): string | undefined {
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
