/*
 * Holds test/FAULTS.md against what this run of the suites has shown: every row names tests, and each of them ran and passed.
 * Reads the reports that test/all.ts has jest write.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { defects, Outcome, readTable } from './table';

interface Assertion { readonly fullName: string; readonly status: string }
interface Report { readonly testResults: readonly { readonly name: string; readonly assertionResults: readonly Assertion[] }[] }

const root = join(__dirname, '..', '..');
const reports = join(root, '..', 'test-reports');

const outcomes: Outcome[] = readdirSync(reports).filter((name) => name.endsWith('.json')).flatMap((name) => {
  const { testResults } = JSON.parse(readFileSync(join(reports, name), 'utf8')) as Report;
  return testResults.flatMap((file) => file.assertionResults.map(({ fullName, status }) => (
    { file: relative(root, file.name), name: fullName, passed: status === 'passed' })));
});
const rows = readTable(readFileSync(join(root, 'FAULTS.md'), 'utf8'));
const found = defects(rows, outcomes);
found.forEach((defect) => console.log(defect));
console.log(`${rows.length} rows, ${rows.flatMap((row) => row.tests).length} entries, ${outcomes.length} tests looked at`);
process.exitCode = found.length === 0 ? 0 : 1;
