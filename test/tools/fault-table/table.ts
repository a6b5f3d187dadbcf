/** A row of test/FAULTS.md. */
export interface Row {
  readonly number: number;
  readonly tests: readonly Named[];
  /** Why it cannot be shown here, and what would show it. */
  readonly notShown?: string;
}

/** A test by its file, below test/, and its full name; `…` at the end of the name stands for anything. */
export interface Named {
  readonly file: string;
  readonly name: string;
}

/** What one run of a test came to. */
export interface Outcome extends Named {
  readonly passed: boolean;
}

/** How many rows the table has at least. They are numbered from 1 without a hole. */
export const ROWS = 140;

const NOT_SHOWN = 'Not shown here:';

/** The rows of the table, as they stand: `| number | fault | behaviour | tests |`, a test a line (`<br>`). */
export function readTable(markdown: string): Row[] {
  const lines = markdown.split('\n').filter((line) => /^\| *\d+ *\|/.test(line));
  return lines.map((line) => {
    const cells = line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim().replaceAll('\\|', '|'));
    const entries = (cells[3] ?? '').split('<br>').map((entry) => entry.trim()).filter((entry) => entry !== '');
    const tests = entries.map((entry) => /^`([^`]+)` (.+)$/.exec(entry)).filter((match) => match !== null);
    return {
      number: Number(cells[0]),
      tests: tests.map(([, file, name]) => ({ file: file!, name: name! })),
      notShown: entries.find((entry) => entry.startsWith(NOT_SHOWN) && entry.length > NOT_SHOWN.length + 20),
    };
  });
}

/** What is wrong with the table: rows that are missing or hold nothing, and tests that were not run or failed. */
export function defects(rows: readonly Row[], outcomes: readonly Outcome[]): string[] {
  const found = rows.map((row) => row.number);
  if (found.length < ROWS || found.some((number, index) => number !== index + 1)) return [`the rows must be 1 to n in order, n at least ${ROWS}, got ${found.join(', ')}`];

  return rows.flatMap(({ number, tests, notShown }) => tests.length === 0 && notShown === undefined
    ? [`row ${number} names no test, and does not say why it cannot be shown`]
    : tests.flatMap((test) => defectOf(test, outcomes).map((defect) => `row ${number}: ${defect}`)));
}

function defectOf({ file, name }: Named, outcomes: readonly Outcome[]): string[] {
  const runs = outcomes.filter((outcome) => outcome.file === file && matches(name, outcome.name));
  if (runs.length === 0) return [`no test of ${file} that ran is called '${name}'`];
  const failed = runs.filter((run) => !run.passed);
  return failed.map((run) => `'${run.name}' of ${file} did not pass`);
}

function matches(wanted: string, name: string): boolean {
  return wanted.endsWith('…') ? name.startsWith(wanted.slice(0, -1)) : name === wanted;
}
