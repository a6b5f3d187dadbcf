import { mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';

/** Makes the folder. Throws, with its name, where it cannot be written. */
export function writeFiles(directory: string, files: Readonly<Record<string, string>>): void {
  try {
    mkdirSync(directory, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  } catch (error) {
    throw new Error(`the trust map cannot be written to ${directory} (${(error as NodeJS.ErrnoException).code ?? 'unknown'}): give a folder that can be made and written`);
  }
}
