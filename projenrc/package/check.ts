/*
 * Ends the packing with an error where the npm tarball, which is in the package of every language, lacks the code of a
 * handler: it would fail at the first synthesis of a user. In the root, after packing: `tsx projenrc/package/check.ts`.
 */
import { readdirSync } from 'node:fs';
import { assetDefects, filesOf, tarballIn } from './tarball';

const tarball = tarballIn('dist');
const defects = assetDefects(filesOf(tarball), readdirSync('lambda'));
if (defects.length > 0) throw new Error([`${tarball} cannot be published:`, ...defects].join('\n  '));
