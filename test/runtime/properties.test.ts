import * as fc from 'fast-check';
import * as z from 'zod/mini';
import { DeployError } from '../../lambda/runtime/errors';
import { Agree, digits12, flag, parseProperties, schemaVersion, text } from '../../lambda/runtime/properties';
import { SCHEMA_VERSION } from '../../src/wire/common';

const schema = z.object({
  SchemaVersion: schemaVersion,
  AwsAccountId: digits12,
  Title: text,
  Inner: z.object({ Mode: z.enum(['ONE', 'TWO']), Extra: z.optional(text) }),
  Adopt: flag,
});
interface Wire {
  readonly SchemaVersion: string;
  readonly AwsAccountId: string;
  readonly Title: string;
  readonly Inner: { readonly Mode: 'ONE' | 'TWO'; readonly Extra?: string };
  readonly Adopt: 'true' | 'false';
}

const agreed: Agree<z.input<typeof schema>, Wire> = true;
// @ts-expect-error a property that only the handler requires
const missing: Agree<z.input<typeof schema>, Omit<Wire, 'Title'>> = true;
// @ts-expect-error a property that only the construct sends
const added: Agree<z.input<typeof schema>, Wire & { readonly More: string }> = true;
// @ts-expect-error an optional property that only the construct sends
const optional: Agree<z.input<typeof schema>, Wire & { readonly More?: string }> = true;
// @ts-expect-error the same, further inside
const nested: Agree<z.input<typeof schema>, Omit<Wire, 'Inner'> & { Inner: Wire['Inner'] & { readonly More?: string } }> = true;
// @ts-expect-error another type
const other: Agree<z.input<typeof schema>, Omit<Wire, 'Adopt'> & { readonly Adopt: string }> = true;

const valid: Wire = { SchemaVersion: SCHEMA_VERSION, AwsAccountId: '001122334455', Title: 'Zentrale & <"Sicherheit"> 😀', Inner: { Mode: 'ONE' }, Adopt: 'false' };

function errorOf(properties: unknown): Error {
  try {
    parseProperties(schema, properties);
  } catch (error) {
    return error as Error;
  }
  throw new Error('it was parsed');
}

test('the types of both ends are held against each other', () => {
  expect([agreed, missing, added, optional, nested, other]).toEqual([true, true, true, true, true, true]);
});

test('strings stay what they are: leading zeros and words for booleans', () => {
  expect(parseProperties(schema, valid)).toEqual(valid);
});

test('what CloudFormation or a newer version adds is left out', () => {
  expect(parseProperties(schema, { ...valid, ServiceToken: 'arn', ServiceTimeout: '3600', Later: 'x', Inner: { Mode: 'TWO', Later: { x: '1' } } }))
    .toEqual({ ...valid, Inner: { Mode: 'TWO' } });
});

test.each<[string, object, string]>([
  ['missing', { AwsAccountId: undefined }, "property 'AwsAccountId' is missing: it must be of the type string"],
  ['11 digits', { AwsAccountId: '11122233344' }, "property 'AwsAccountId' is not valid: it must be an AWS account ID of 12 digits"],
  ['a line end behind 12 digits', { AwsAccountId: '111222333444\n' }, "property 'AwsAccountId' is not valid: it must be an AWS account ID of 12 digits"],
  ['a number', { AwsAccountId: 111222333444 }, "property 'AwsAccountId' is not valid: it must be of the type string"],
  ['a boolean that is no word', { Adopt: true }, "property 'Adopt' is not valid: it must be one of 'true', 'false'"],
  ['another spelling', { Adopt: 'True' }, "property 'Adopt' is not valid: it must be one of 'true', 'false'"],
  ['an unknown value inside', { Inner: { Mode: 'THREE' } }, "property 'Inner.Mode' is not valid: it must be one of 'ONE', 'TWO'"],
  ['empty', { Title: '' }, "property 'Title' is not valid: it must have 1 to 2048 characters"],
  ['too long', { Title: 'x'.repeat(2049) }, "property 'Title' is not valid: it must have 1 to 2048 characters"],
])('%s (fault 28)', (_, change, message) => {
  expect(errorOf({ ...valid, ...change })).toEqual(new DeployError(message));
});

test('a version of the future names what to do (fault 29)', () => {
  expect(errorOf({ ...valid, SchemaVersion: '999' }).message).toContain('newer version of this library');
});

test('whatever is handed over, it is parsed or refused, and never repeated', () => {
  const canary = 'canary-7f3a';
  const values = fc.anything({ values: [fc.constant(canary), fc.string()], maxDepth: 2 });
  fc.assert(fc.property(values, fc.constantFrom(...Object.keys(valid)), (value, name) => {
    for (const properties of [value, { ...valid, [name]: value }]) {
      try {
        parseProperties(schema, properties);
      } catch (error) {
        expect(error).toBeInstanceOf(DeployError);
        expect((error as Error).message).not.toContain(canary);
      }
    }
  }));
});
