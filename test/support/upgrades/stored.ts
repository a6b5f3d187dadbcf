import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Deployable } from './replacements';

const FIXTURES = join(__dirname, '..', '..', 'fixtures', 'templates');

/** By the day or version of which they are, the oldest first. */
export const SHAPES = readdirSync(FIXTURES).sort();

export function appsOf(shape: string): string[] {
  return readdirSync(join(FIXTURES, shape)).map((file) => file.replace('.template.json', '')).sort();
}

/** Every stored template. */
export const STORED = SHAPES.flatMap((shape) => appsOf(shape).map((app): [shape: string, app: string] => [shape, app]));

export function stored(shape: string, app: string): Deployable {
  return JSON.parse(readFileSync(join(FIXTURES, shape, `${app}.template.json`), 'utf8'));
}
