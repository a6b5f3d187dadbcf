import { Group, isFlawed, isHere } from '../groups';
import { groupedBy, unique } from '../lists';
import { Model } from '../model';
import { callerText, counted } from '../words';
import { mermaid } from './escape';
import { notesOf, onlyText, placesText } from './sections';

const MOST = 20;

/** Colours that are read on light and on dark. */
const STYLES = { base: 'stroke:#3b5bdb', qualys: 'stroke:#d9480f', flawed: 'stroke:#e03131' };

/** The picture of a pull request. Conditions stand with the role: on lines that cross, labels lie over each other. */
export function mermaidOf(groups: readonly Group[], model: Model): string[] {
  const shown = groups.slice(0, MOST);
  const callers = [...groupedBy(shown.flatMap(({ like }) => like.ways), callerText)].map(([text, ways]) => ({ text, way: ways[0]! }));
  const keys = model.keys.flatMap((key, index) => {
    const caller = callers.findIndex(({ way }) => way.caller === `${key.account}, user ${key.user}`);
    return caller < 0 ? [] : [node(`k${index}`, [`key of ${key.user}`, `rotates ${key.rotates}`], ['([', '])']), `k${index} -.-> c${caller}`];
  });
  const names = callers.map(({ text, way: { kind, caller } }, index) => {
    const notHere = kind === 'base' && !isHere(model, caller) ? ['not in this app'] : [];
    return `${node(`c${index}`, [...text.split(/, (?=user |role |session |federated )/), ...notHere])}:::${kind}`;
  });
  const roles = shown.map((group, index) => {
    const lines = [group.like.name, sizeOf(group), ...unique(group.like.ways.map(onlyText)), ...notesOf(group).flaws];
    return `${node(`g${index}`, lines)}${isFlawed(group) ? ':::flawed' : ''}`;
  });
  const edges = shown.flatMap(({ like }, index) => [...new Set(like.ways.map((way) => (
    `c${callers.findIndex(({ text }) => text === callerText(way))} ${way.flaw ? '==>' : '-->'} g${index}`)))]);
  const rest = groups.length > MOST ? [node('rest', [`and ${counted(groups.length - MOST, 'group')} of roles more, in the table`])] : [];
  const kinds = new Set<string>(groups.flatMap(({ like }) => like.ways.map(({ kind }) => kind)));
  if (groups.some(isFlawed)) kinds.add('flawed');
  const styles = Object.entries(STYLES).filter(([kind]) => kinds.has(kind)).map(([kind, stroke]) => `classDef ${kind} ${stroke},stroke-width:3px`);
  return ['flowchart LR', ...[...names, ...keys, ...roles, ...rest, ...edges, ...styles].map((line) => `  ${line}`)];
}

/** How many roles and accounts a group is. */
function sizeOf(group: Group): string {
  const { count, where } = group;
  return count === undefined || count === 1 ? placesText(group, 2)
    : `${counted(count, 'role')}, ${placesText({ ...group, where: [counted(where.length, 'account')] }, 1)}`;
}

function node(id: string, lines: readonly string[], [open, close] = ['[', ']']): string {
  return `${id}${open}"${lines.map(mermaid).join('<br/>')}"${close}`;
}
