import { Row } from '../ports';

type Optional = { [Name in keyof Row]-?: undefined extends Row[Name] ? Name : never }[keyof Row];

/** The row without these optional properties. */
export function without(row: Row, ...names: readonly Optional[]): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !(names as readonly string[]).includes(name))) as unknown as Row;
}
