/** The parts of a jsii manifest that can hold examples. */
interface Documented { readonly name?: string; readonly docs?: { readonly example?: string; readonly remarks?: string } }
interface Type extends Documented {
  readonly fqn: string;
  readonly initializer?: Documented;
  readonly methods?: Documented[];
  readonly properties?: Documented[];
}
export interface Manifest { readonly readme: { readonly markdown: string }; readonly types: Readonly<Record<string, Type>> }

const LANGUAGES = '(?:ts|typescript|python|java|csharp|go)';

/** The examples of README.md and of the docstrings, by where they stand: the same places in the manifest of each language. */
export function examplesIn({ readme, types }: Manifest): Map<string, string> {
  const blocks = (place: string, markdown = '') => [...markdown.matchAll(new RegExp(`^\`\`\`${LANGUAGES}\\b.*\\n([^]*?)^\`\`\``, 'gm'))]
    .map(([, code], index) => [`${place}, block ${index + 1}`, code!] as const);
  const examples = (place: string, { docs = {} }: Documented) => [
    ...docs.example === undefined ? [] : [[place, docs.example] as const], ...blocks(place, docs.remarks),
  ];
  return new Map([
    ...blocks('README.md', readme.markdown),
    ...Object.values(types).flatMap((type) => [
      ...examples(type.fqn, type),
      ...examples(`${type.fqn}.new`, type.initializer ?? {}),
      ...[...type.methods ?? [], ...type.properties ?? []].flatMap((member) => examples(`${type.fqn}.${member.name}`, member)),
    ]),
  ]);
}

/** The comments of examples that a translation has lost, or has more often. */
export function commentDefects(original: Manifest, translated: Manifest): string[] {
  const translations = examplesIn(translated);
  return [...examplesIn(original)].flatMap(([place, example]) => {
    const wanted = commentsIn(example);
    const found = commentsIn(translations.get(place) ?? '');
    return [...new Set([...wanted, ...found])]
      .filter((comment) => count(wanted, comment) !== count(found, comment))
      .map((comment) => `${place}: '${comment}' stands there ${count(found, comment)} times`);
  });
}

const commentsIn = (code: string): string[] => [...code.matchAll(/(?:^|\s)(?:\/\/|#) ?(.*)$/gm)].map(([, comment]) => comment!.trim());

const count = (all: readonly string[], one: string): number => all.filter((each) => each === one).length;
