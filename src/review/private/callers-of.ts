import { Token } from 'aws-cdk-lib';
import { unique } from './lists';
import { Model, Role } from './model';
import { shortened, wayText } from './words';

/** One line a way into the roles of a name; with its accounts, where these roles differ. Throws for a role that is not there. */
export function callersOf({ roles: all }: Model, roleName: string): string[] {
  if (Token.isUnresolved(roleName)) throw new Error('roleName must be a plain text, got a token: the map knows roles by the names that the templates have');
  const roles = all.filter(({ name }) => name === roleName);
  if (roles.length === 0) {
    const names = unique(all.map(({ name }) => name));
    throw new Error(`roleName '${roleName}' is no role in this map: ${names.length === 0 ? 'it holds none' : `it holds ${shortened(names, 20)}`}`);
  }
  const lines = roles.map(({ ways, where }: Role) => ({ ways: unique(ways.map(wayText)), where }));
  const ways = unique(lines.flatMap((one) => one.ways));
  if (lines.every((one) => one.ways.length === ways.length)) return ways;
  return ways.map((way) => `${way} (in ${unique(lines.filter((one) => one.ways.includes(way)).flatMap(({ where }) => where)).join(', ')})`).sort();
}
