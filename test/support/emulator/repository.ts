import { join } from 'node:path';

export const REPOSITORY = join(__dirname, '..', '..', '..');

export const NODE_MODULES = join(REPOSITORY, 'node_modules');
