/*
 * Fails if the npm tarball lacks the code of a handler, because a user's first synthesis would fail then. The tarball is in the package of every
 * language. Run `tsx projenrc/package/check.ts` in the root, after packing.
 */
import { readdirSync } from 'node:fs';
import { assetDefects, filesOf, tarballIn } from './tarball';

const tarball = tarballIn('dist');
const defects = assetDefects(filesOf(tarball), readdirSync('lambda'));
if (defects.length > 0) throw new Error([`${tarball} cannot be published:`, ...defects].join('\n  '));
