import { Group, isFlawed, isHere } from '../groups';
import { capital, callerText, counted } from '../words';
import { mermaid } from './escape';
import { conditionsOf, notesOf, Page, sizeOf } from './sections';
import { Way } from '../model';

const MOST = 20;

/** The picture of a pull request. Conditions stand with the role: on lines that cross, labels lie over each other. */
export function mermaidOf({ groups, model }: Page): string[] {
  const shown = groups.slice(0, MOST);
  const callers = new Map<string, { readonly id: string; readonly way: Way }>();
  for (const way of shown.flatMap(({ like }) => like.ways)) {
    const text = callerText(way);
    if (!callers.has(text)) callers.set(text, { id: `c${callers.size}`, way });
  }
  const keys = model.keys.flatMap((key, index) => {
    const caller = [...callers.values()].find(({ way }) => way.caller === `${key.account}, user ${key.user}`);
    return caller ? [node(`k${index}`, [`key of ${key.user}`, `rotates ${key.rotates}`], ['([', '])']), `k${index} -.-> ${caller.id}`] : [];
  });
  const lines = [...callers.values()].map(({ id, way }) => `${node(id, [...capital(callerText(way)).split(/, (?=user |role |session |federated )/), ...way.kind === 'base' && !isHere(model, way.caller) ? ['not in this app'] : []])}:::${way.kind}`);
  const roles = shown.map((group, index) => `${node(`g${index}`, [group.like.name, sizeOf(group), ...conditionsOf(group), ...notesOf(group).flaws])}${isFlawed(group) ? ':::flawed' : ''}`);
  const edges = shown.flatMap(({ like }, index) => [...new Set(like.ways.map((way) => `${callers.get(callerText(way))!.id} ${way.flaw ? '==>' : '-->'} g${index}`))]);
  const rest = groups.length - shown.length;
  return [
    'flowchart LR', ...[...lines, ...keys, ...roles, ...rest > 0 ? [node('rest', [`and ${counted(rest, 'group')} of roles more, in the table`])] : [], ...edges].map((line) => `  ${line}`),
    ...styles(groups).map((line) => `  ${line}`),
  ];
}

function node(id: string, lines: readonly string[], [open, close] = ['[', ']']): string {
  return `${id}${open}"${lines.map(mermaid).join('<br/>')}"${close}`;
}

/** Colours that are read on light and on dark. */
function styles(groups: readonly Group[]): string[] {
  const kinds = new Set(groups.flatMap(({ like }) => like.ways.map(({ kind }) => kind)));
  return [
    ...kinds.has('base') ? ['classDef base stroke:#3b5bdb,stroke-width:3px'] : [],
    ...kinds.has('qualys') ? ['classDef qualys stroke:#d9480f,stroke-width:3px'] : [],
    ...groups.some(isFlawed) ? ['classDef flawed stroke:#e03131,stroke-width:3px'] : [],
  ];
}
