/** The place of a value in a JSON text, from `start` up to `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** Of an object, in order. */
  readonly members?: ReadonlyArray<{ readonly key: string; readonly value: Span }>;
  /** Of an array. */
  readonly elements?: readonly Span[];
}

/** Deepest nesting. No policy comes near it. */
const MAXIMUM_DEPTH = 20;

const TOKEN = /\s*("(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s[\]{}:,"]+)/gy;

/**
 * Finds the places of the values in a JSON text, so that one part can be changed and the rest stays byte for byte. Throws for a text that
 * is no JSON, for a key that is twice in one object, and for values that are nested too deeply.
 */
export function jsonSpans(text: string): Span {
  JSON.parse(text); // from here on the text is valid JSON
  const tokens = [...text.matchAll(TOKEN)].map((match) => ({ text: match[1]!, end: match.index + match[0].length }));
  let next = 0;

  function value(depth: number): Span {
    if (depth > MAXIMUM_DEPTH) throw new SyntaxError('nested too deeply');
    const first = tokens[next++]!;
    const start = first.end - first.text.length;
    if (first.text === '{') {
      const members = items('}', () => {
        const key = JSON.parse(tokens[next]!.text) as string;
        next += 2; // the key and its colon
        return { key, value: value(depth + 1) };
      });
      if (new Set(members.map(({ key }) => key)).size < members.length) throw new SyntaxError('a key stands twice');
      return { start, end: tokens[next - 1]!.end, members };
    }
    if (first.text === '[') {
      const elements = items(']', () => value(depth + 1));
      return { start, end: tokens[next - 1]!.end, elements };
    }
    return { start, end: first.end };
  }

  function items<T>(close: string, item: () => T): T[] {
    const found: T[] = [];
    while (tokens[next]!.text !== close) {
      found.push(item());
      if (tokens[next]!.text === ',') next++;
    }
    next++;
    return found;
  }

  return value(0);
}
