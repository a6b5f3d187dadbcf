import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The forms in which a secret may have slipped through. */
export function formsOf(secret: string): string[] {
  return [...new Set([
    secret,
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
  ])];
}

/** The files below a folder that hold one of the secrets, in any form. */
export function filesWith(secrets: readonly string[], folder: string, skip: (path: string) => boolean = () => false): string[] {
  const forms = secrets.flatMap(formsOf).map((form) => Buffer.from(form));
  const found: string[] = [];
  const visit = (path: string) => {
    if (skip(path)) return;
    const stat = statSync(path);
    if (stat.isDirectory()) {
      readdirSync(path).forEach((name) => visit(join(path, name)));
    } else if (stat.isFile()) {
      const content = readFileSync(path);
      if (forms.some((form) => content.includes(form))) found.push(path);
    }
  };
  visit(folder);
  return found;
}
