import { defects, Outcome, readTable, ROWS } from './fault-table/table';

const NUMBERS = Array.from({ length: ROWS }, (_, index) => index + 1);
const outcome = (name: string, passed = true): Outcome => ({ file: 'unit/a.test.ts', name, passed });

/** A table in which every row is held by one test, but for the cells that are given. */
function table(cells: Readonly<Record<number, string>> = {}, numbers = NUMBERS): string {
  return ['| # | Fault | Behaviour | Held by |', '|---|---|---|---|', ...numbers.map((number) => `| ${number} | x | y | ${cells[number] ?? '`unit/a.test.ts` holds'} |`)].join('\n');
}

test('a table whose tests all ran and passed has no defect', () => {
  expect(defects(readTable(table()), [outcome('holds')])).toEqual([]);
});

test('several tests, a beginning of a name, and a bar in a name', () => {
  const rows = readTable(table({ 3: '`unit/a.test.ts` holds<br>`unit/a.test.ts` each of …', 4: '`unit/a.test.ts` a \\| b' }));
  expect(rows[2]!.tests.map((test) => test.name)).toEqual(['holds', 'each of …']);
  expect(defects(rows, [outcome('holds'), outcome('each of 1'), outcome('each of 2'), outcome('a | b')])).toEqual([]);
});

test.each([
  ['names no test', { 7: 'soon' }, [outcome('holds')], 'row 7 names no test'],
  ['says too little of why it cannot be shown', { 7: 'Not shown here: no.' }, [outcome('holds')], 'row 7 names no test'],
  ['names a test that does not exist', { 7: '`unit/a.test.ts` gone' }, [outcome('holds')], "row 7: no test of unit/a.test.ts that ran is called 'gone'"],
  ['names a test of another file', { 7: '`unit/b.test.ts` holds' }, [outcome('holds')], 'row 7: no test of unit/b.test.ts'],
  ['names a test that fails', { 7: '`unit/a.test.ts` breaks' }, [outcome('holds'), outcome('breaks', false)], "row 7: 'breaks' of unit/a.test.ts did not pass"],
  ['names a beginning of which one test fails', { 7: '`unit/a.test.ts` br…' }, [outcome('holds'), outcome('br 1'), outcome('br 2', false)], "row 7: 'br 2'"],
])('a row that %s is a defect', (_, cells, outcomes, defect) => {
  expect(defects(readTable(table(cells)), outcomes)).toEqual([expect.stringContaining(defect)]);
});

test('a row that cannot be shown says why', () => {
  expect(defects(readTable(table({ 7: 'Not shown here: it takes a live subscription, which would show it.' })), [outcome('holds')])).toEqual([]);
});

test('more rows may follow, each held like the others', () => {
  expect(defects(readTable(table({}, [...NUMBERS, ROWS + 1, ROWS + 2])), [outcome('holds')])).toEqual([]);
  expect(defects(readTable(table({ [ROWS + 2]: 'soon' }, [...NUMBERS, ROWS + 1, ROWS + 2])), [outcome('holds')])).toEqual([expect.stringContaining(`row ${ROWS + 2} names no test`)]);
});

test.each([
  ['a row that is missing', NUMBERS.filter((number) => number !== 12)],
  ['a row that is missing after them', [...NUMBERS, ROWS + 2]],
  ['a row twice', [...NUMBERS, ROWS]],
  ['fewer rows than there were', NUMBERS.slice(0, -1)],
])('%s is a defect', (_, numbers) => {
  expect(defects(readTable(table({}, numbers)), [outcome('holds')])).toEqual([expect.stringContaining(`must be 1 to n in order, n at least ${ROWS}`)]);
});
