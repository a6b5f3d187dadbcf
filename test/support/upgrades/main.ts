/*
 * Writes what the library makes now into test/fixtures/templates/<shape>: at each release, and whenever what it makes has
 * changed, so that later versions are held against what is deployed.
 *
 *   npx tsx --tsconfig test/tsconfig.json test/support/upgrades/main.ts <shape>
 */
import { freeze } from './freeze';
import { APPS } from './later-apps';

const [shape] = process.argv.slice(2);
if (!shape || !/^\d[\w.-]*$/.test(shape)) throw new Error('say which shape it is: the version, or the day');
freeze(shape, APPS);
