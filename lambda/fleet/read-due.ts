import { isShown } from './rows/due';
import { Run } from './run-context';

/** Milliseconds between two reads of all connectors. */
export const READ_EVERY = 6 * 3_600_000;
/** As many as the service gives. */
export const LARGEST_PAGE = 1_000;
/** Accounts that are worth no read. */
const ENOUGH = 10;

/** Whether the connectors of the service have to be read: the first time, every six hours, and where it is asked for something else. */
export function isReadDue(run: Run): boolean {
  const { state: { reading, read }, purpose, world: { clock } } = run;
  const now = clock.now();
  const isAsked = reading !== undefined || read === undefined || read.purpose !== purpose || now - read.begun >= READ_EVERY || now < read.begun;
  return isAsked || isSearchDearer(run, read.begun);
}

/** Many accounts that came since: one read shows what a search for each would. */
export function isSearchDearer({ rows }: Run, readBegan: number): boolean {
  const unknown = [...rows.values()].filter((row) => row.connectorId === undefined && row.goneSince === undefined && !isShown(row, readBegan));
  return unknown.length > ENOUGH + 2 * Math.ceil(rows.size / LARGEST_PAGE);
}

/** Pages that are left of a read, as far as that can be known. */
export function pagesLeft({ rows, state: { reading } }: Run): number {
  return reading?.next === undefined ? Math.floor(rows.size / LARGEST_PAGE) + 1 : 1;
}
