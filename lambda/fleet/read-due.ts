import { isShown } from './rows/due';
import { Run } from './run-context';

/** Milliseconds between two reads of all connectors. */
export const READ_EVERY = 6 * 3_600_000;
/** Connectors on a page: the most that the service allows. */
export const LARGEST_PAGE = 1_000;
/** A read of all connectors replaces single searches only for more new accounts than this. */
const ENOUGH = 10;

/** Whether the connectors of the service have to be read: at first, every six hours, after a change of the settings, and for many new accounts. */
export function isReadDue(run: Run): boolean {
  const { state: { reading, read }, purpose, world: { clock } } = run;
  const now = clock.now();
  const isAsked = reading !== undefined || read === undefined || read.purpose !== purpose || now - read.begun >= READ_EVERY || now < read.begun;
  return isAsked || isSearchDearer(run, read.begun);
}

/** Whether so many accounts have joined since the last read that a search for each takes more calls than a read. */
export function isSearchDearer({ rows }: Run, readBegan: number): boolean {
  const unknown = [...rows.values()].filter((row) => row.connectorId === undefined && row.goneSince === undefined && !isShown(row, readBegan));
  return unknown.length > ENOUGH + 2 * Math.ceil(rows.size / LARGEST_PAGE);
}

/** An estimate of the pages that a read still takes. */
export function pagesLeft({ rows, state: { reading } }: Run): number {
  return reading?.next === undefined ? Math.floor(rows.size / LARGEST_PAGE) + 1 : 1;
}
