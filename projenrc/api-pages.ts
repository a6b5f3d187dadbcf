/*
 * Writes API.md and a page for each other language: `tsx projenrc/api-pages.ts`, in the root, after jsii and
 * `jsii-rosetta extract`. jsii-docgen's own command compiles all examples again for each language, which takes 15 s a page.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { Documentation, Language } from 'jsii-docgen';

/** The pages, by jsii-docgen's name for the language. */
export const API_PAGES: Readonly<Record<string, string>> = {
  typescript: 'API.md', python: 'docs/api.python.md', java: 'docs/api.java.md', go: 'docs/api.go.md', csharp: 'docs/api.csharp.md',
};
const TABLET = '.jsii.tabl.json.gz';

/** Makes jsii-docgen use the examples that are translated already. It has no option for that. */
function translateFrom(tablet: string): void {
  const load = createRequire(__filename);
  const commands = load(join(dirname(load.resolve('jsii-rosetta')), 'commands', 'transliterate'));
  const { transliterateAssembly } = commands;
  commands.transliterateAssembly = (assemblies: string[], languages: string[], options: object) => (
    transliterateAssembly(assemblies, languages, { ...options, tablet })
  );
}

async function main(): Promise<void> {
  if (!existsSync(TABLET)) throw new Error(`${TABLET} is missing: run 'npm run docs:check' first`);
  translateFrom(resolve(TABLET));
  const documentation = await Documentation.forProject(process.cwd());
  for (const [language, page] of Object.entries(API_PAGES)) {
    const markdown = await documentation.toMarkdown({ language: Language.fromString(language), allSubmodules: true });
    mkdirSync(dirname(page), { recursive: true });
    writeFileSync(page, markdown.render());
  }
  await documentation.cleanup();
}

void main();
