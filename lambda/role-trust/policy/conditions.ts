import { StatementContent } from './document';

/** One test of a statement's condition. Names are in lower case, because IAM ignores case. */
export interface Test {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

const EXTERNAL_ID = 'sts:externalid';

/** Conditions that may limit a base account's statement. The new statement has its own. */
const REPLACED = new Set(['aws:principalarn', 'aws:principalorgid']);

function testsOf({ Condition = {} }: StatementContent): Test[] {
  return Object.entries(Condition).flatMap(([operator, keys]) => Object.entries(keys).map(([key, value]) => (
    { operator: operator.toLowerCase(), key: key.toLowerCase(), values: [value].flat().map(String) })));
}

export function externalIdTests(content: StatementContent): Test[] {
  return testsOf(content).filter(({ key }) => key === EXTERNAL_ID);
}

/** Conditions that would be lost if the statement were replaced. */
export function furtherTests(content: StatementContent): Test[] {
  return testsOf(content).filter(({ key, operator }) => key !== EXTERNAL_ID && !(REPLACED.has(key) && /^(string|arn)(equals|like)$/.test(operator)));
}

/** The external ID that the statement requires, if it has exactly one test for it. */
export function soleExternalId(content: StatementContent): string | undefined {
  const [test, ...more] = externalIdTests(content);
  return test && more.length === 0 && test.operator === 'stringequals' && test.values.length === 1 ? test.values[0] : undefined;
}
