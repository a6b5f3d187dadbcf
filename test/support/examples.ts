import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '..', '..', 'examples');

/** The examples of one topic each. The app that stands there in several languages needs the built packages: test/as-shipped. */
export const EXAMPLES = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'languages').map((entry) => entry.name);
