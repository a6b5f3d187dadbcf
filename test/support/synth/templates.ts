import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The templates of a cloud assembly and of those within it, by stack, without what changes with every edit of a handler.
 * The template of a pipeline is CDK's and left out.
 */
export function readTemplates(assembly: string): Record<string, unknown> {
  const files = readdirSync(assembly, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.template.json')).sort();
  const templates = files.map((name) => {
    const text = readFileSync(join(assembly, name), 'utf8').replace(/[0-9a-f]{64}/g, '<hash>').replace(/asset\.<hash>/g, 'asset');
    return [name.replace('.template.json', ''), JSON.parse(text)] as const;
  });
  return Object.fromEntries(templates.filter(([, { Resources = {} }]) => !typesOf(Resources).includes('AWS::CodePipeline::Pipeline')));
}

function typesOf(resources: object): string[] {
  return Object.values<{ readonly Type: string }>(resources as Record<string, { readonly Type: string }>).map(({ Type }) => Type);
}
