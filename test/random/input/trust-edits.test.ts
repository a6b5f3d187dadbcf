import * as fc from 'fast-check';
import { fuzz, SEED, TIMEOUT } from './runs';
import { jsonSpans } from '../../../lambda/role-trust/policy/json-spans';
import { BASE, EXTERNAL_ID, QUALYS, Trust } from '../../support/stage/apps/role-trust';
import { RoleTrustStage } from '../../support/stage/role-trust-stage';

const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
const plain = (text: string) => !/[*]/.test(text);
const space = fc.stringMatching(/^[ \n\t\r]{0,3}$/);

/** Somebody else's statement. */
const other = fc.record({
  Sid: fc.option(name.filter((sid) => !['QualysAccount', 'BaseAccount'].includes(sid)), { nil: undefined }),
  Effect: fc.constant('Allow'),
  Principal: fc.oneof(
    fc.record({ Service: fc.oneof(name.filter(plain), fc.uniqueArray(name.filter(plain), { minLength: 1, maxLength: 3 })) }),
    fc.record({ AWS: fc.constantFrom('999988887777', 'arn:aws:iam::999988887777:user/a', 'AIDACKCEVSQ6C2EXAMPLE', `arn:aws:iam::${BASE}:role/Audit`) }),
    fc.record({ Federated: fc.constant('cognito-identity.amazonaws.com') }),
  ),
  Action: fc.oneof(fc.constantFrom('sts:AssumeRole', 'sts:*'), fc.uniqueArray(fc.constantFrom('sts:AssumeRole', 'sts:TagSession'), { minLength: 1 })),
  Condition: fc.option(fc.dictionary(fc.constantFrom('StringEquals', 'Bool', 'NumericLessThan'), fc.dictionary(name, fc.oneof(name, fc.boolean(), fc.nat(), fc.array(name, { maxLength: 2 })), { maxKeys: 2 }), { maxKeys: 2 }), { nil: undefined }),
}, { requiredKeys: ['Effect', 'Principal', 'Action'] });

const service = fc.record({
  Effect: fc.constant('Allow'),
  Principal: fc.record({ AWS: fc.constantFrom<unknown>(QUALYS, [QUALYS], `arn:aws:iam::${QUALYS}:root`, [BASE, QUALYS]) }),
  Action: fc.constantFrom<unknown>('sts:AssumeRole', ['sts:AssumeRole'], ['sts:AssumeRole', 'sts:TagSession']),
  Condition: fc.record({ StringEquals: fc.record({ 'sts:ExternalId': fc.constantFrom<unknown>(EXTERNAL_ID, [EXTERNAL_ID]) }) }),
});

interface Case { readonly document: string; readonly others: string[] }

/** A document as a person may have typed it: other statements, and one of the service or more, anywhere between them. */
const document: fc.Arbitrary<Case> = fc.record({
  statements: fc.array(fc.oneof(other, service), { maxLength: 4 }),
  first: service,
  at: fc.nat({ max: 4 }),
  spaces: fc.array(space, { minLength: 20, maxLength: 20 }),
  indent: fc.constantFrom(0, 2, '\t'),
  head: fc.constantFrom('"Version":"2012-10-17",', '"Version" : "2008-10-17", "Id": "x",', ''),
}).map(({ statements, first, at, spaces, indent, head }) => {
  const all: object[] = [...statements.slice(0, at), first, ...statements.slice(at)];
  const texts = all.map((statement) => JSON.stringify(statement, undefined, indent));
  const list = texts.map((text, index) => `${spaces[index]}${text}${spaces[index + 5]}`).join(',');
  const ours = (statement: object) => JSON.stringify(statement).includes('sts:ExternalId');
  return { document: `${spaces[11]}{${spaces[12]}${head}"Statement"${spaces[13]}:[${list}]${spaces[14]}}`, others: texts.filter((_, index) => !ours(all[index]!)) };
}).filter((one) => one.document.replace(/\s/g, '').length < 1_200);

/** The statements of a document that are not the service's, as they are written. */
function othersIn(text: string): string[] {
  const { elements, start, end } = jsonSpans(text).members!.find(({ key }) => key === 'Statement')!.value;
  return (elements ?? [{ start, end }]).map((span) => text.slice(span.start, span.end)).filter((statement) => !statement.includes('sts:ExternalId'));
}

test('whatever the others\' statements are: they stay byte for byte, and at the end the document is what it was', async () => {
  const trusts = fc.array(fc.constantFrom<Trust>('qualys', 'both', 'base'), { minLength: 1, maxLength: 3 });
  await fuzz('trust documents', 0.05, fc.tuple(document, trusts), async ([one, wanted]) => {
    const stage = new RoleTrustStage({ document: one.document });
    for (const trust of wanted) {
      expect(await stage.deploy({ trust, formerAccountIds: [BASE] })).toMatch(/^(CREATE|UPDATE)_COMPLETE$/);
      expect(othersIn(stage.document)).toEqual(one.others);
    }
    expect(await stage.delete()).toBe('DELETE_COMPLETE');
    expect(stage.document).toBe(one.document);
    stage.world.end();
  });
}, TIMEOUT);

test('the values of a JSON text are found where they stand', () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(0, 1, '\t'), space, (value, indent, around) => {
    const text = `${around}${JSON.stringify(value, undefined, indent)}${around}`;
    const root = jsonSpans(text);
    const check = (span: ReturnType<typeof jsonSpans>): void => {
      const parsed = JSON.parse(text.slice(span.start, span.end));
      span.members?.forEach((member) => {
        expect(JSON.parse(text.slice(member.value.start, member.value.end))).toEqual(parsed[member.key]);
        check(member.value);
      });
      span.elements?.forEach((element, index) => {
        expect(JSON.parse(text.slice(element.start, element.end))).toEqual(parsed[index]);
        check(element);
      });
      expect([span.members?.length, span.elements?.length]).toEqual(Array.isArray(parsed)
        ? [undefined, parsed.length]
        : [typeof parsed === 'object' && parsed !== null ? Object.keys(parsed).length : undefined, undefined]);
    };
    expect(text.slice(root.start, root.end)).toBe(text.slice(around.length, text.length - around.length));
    check(root);
  }), { seed: SEED });
});
