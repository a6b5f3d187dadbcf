import * as z from 'zod/mini';
import { jsonSpans, Span } from './json-spans';
import { DeployError } from '../../runtime/errors';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const list = <T extends z.ZodMiniType>(item: T) => z.union([item, z.array(item)]);

/** All elements that IAM knows in a statement of a trust policy. */
const statementForm = z.strictObject({
  Sid: z.optional(z.string()),
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.optional(z.union([z.string(), z.record(z.string(), list(z.string()))])),
  NotPrincipal: z.optional(z.unknown()),
  Action: z.optional(list(z.string())),
  NotAction: z.optional(z.unknown()),
  Condition: z.optional(z.record(z.string(), z.record(z.string(), list(scalar)))),
});

const documentForm = z.strictObject({
  Version: z.optional(z.string()),
  Id: z.optional(z.string()),
  Statement: z.union([statementForm, z.array(statementForm)]),
});

export type StatementContent = z.output<typeof statementForm>;

/** A statement with its place in the text. */
export interface Statement {
  /** Number of the statement, from 1. */
  readonly number: number;
  readonly text: string;
  readonly content: StatementContent;
}

/** A trust policy: its text and its statements. */
export interface TrustDocument {
  readonly text: string;
  readonly version?: string;
  readonly id?: string;
  readonly statements: readonly Statement[];
  /** The place of the value of `Statement`. */
  readonly place: Span;
}

/** Parses a trust policy. Throws for a text that is none, or has elements that this library does not know. */
export function parseDocument(text: string): TrustDocument {
  try {
    const place = jsonSpans(text).members!.find(({ key }) => key === 'Statement')!.value;
    const { Version: version, Id: id, Statement: content } = z.parse(documentForm, JSON.parse(text));
    const contents = [content].flat();
    const statements = (place.elements ?? [place]).map(({ start, end }, index) => (
      { number: index + 1, text: text.slice(start, end), content: contents[index]! }));
    return { text, version, id, statements, place };
  } catch {
    throw new DeployError('its trust policy does not have the form that this library knows (Version, Id, Statement; in a statement Sid, Effect, Principal, '
      + 'Action, Condition; no key twice)');
  }
}

/** The text with at least one statement replaced. The new statements are where the first old one was. Everything else stays, byte for byte. */
export function replaceStatements({ text, place, statements }: TrustDocument, old: readonly Statement[], replacements: readonly string[]): string {
  if (!place.elements) {
    const value = replacements.length === 1 ? replacements[0]! : `[${replacements.join(',')}]`;
    return text.slice(0, place.start) + value + text.slice(place.end);
  }
  const spans = place.elements;
  const separator = spans.length > 1 ? text.slice(spans[0]!.end, spans[1]!.start) : ',';
  const [first, ...others] = old.map(({ number }) => number - 1).sort((a, b) => a - b);
  let result = '';
  let done = 0;
  statements.forEach((_, index) => {
    const { start, end } = spans[index]!;
    if (index === first) {
      result += text.slice(done, start) + replacements.join(separator);
      done = end;
    } else if (others.includes(index)) {
      done = end; // and with it what parts it from the one before
    } else {
      result += text.slice(done, end);
      done = end;
    }
  });
  return result + text.slice(done);
}
