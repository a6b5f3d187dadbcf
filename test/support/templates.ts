import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The templates of a cloud assembly by stack, without what changes with every edit of a handler. */
export function readTemplates(assembly: string): Record<string, unknown> {
  const templates = readdirSync(assembly).filter((name) => name.endsWith('.template.json')).sort();
  return Object.fromEntries(templates.map((name) => {
    const text = readFileSync(join(assembly, name), 'utf8').replace(/[0-9a-f]{64}/g, '<hash>').replace(/asset\.<hash>/g, 'asset');
    return [name.replace('.template.json', ''), JSON.parse(text)];
  }));
}
