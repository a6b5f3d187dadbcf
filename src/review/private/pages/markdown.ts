import { findingsOf, Group, groupsOf, headlineOf } from '../groups';
import { code, markdown } from './escape';
import { mermaidOf } from './mermaid';
import { callerIn, countsOf, mayText, NO_CHANGE, notesOf, onlyText, placesText, readText, ROLE_HEADS, STRIKING, tablesOf } from './sections';
import { TrustChange } from '../../trust-change';
import { Model } from '../model';

/** What a pull request shows. */
export function toMarkdown(model: Model, changes?: readonly TrustChange[]): string {
  const [groups, findings] = [groupsOf(model), findingsOf(model)];
  return `${[
    '# Trust map',
    markdown(headlineOf(model)),
    countsOf(model, changes).map(([count, what]) => `${count} ${what}`).join(' · '),
    ...changes ? ['## What this change does', changes.length === 0 ? NO_CHANGE : changesOf(changes)] : [],
    ...findings.length > 0 ? ['## To look at', findings.map((one) => `- ${markdown(one)}`).join('\n')] : [],
    ...groups.length > 0 ? ['## Who may become whom', ['```mermaid', ...mermaidOf(groups, model), '```'].join('\n'), rolesOf(groups, model)] : [],
    ...tablesOf(model).flatMap(({ title, heads, rows }) => [`## ${title}`, table(heads, rows.map((row) => row.map(markdown)))]),
    markdown(readText(model).join(' ')),
  ].join('\n\n')}\n`;
}

const bold = (text: string) => `**${text}**`;

function changesOf(changes: readonly TrustChange[]): string {
  return table(['', 'Roles', 'Change', 'Before', 'After'], changes.map(({ verdict, roles, change, before, after }) => [
    bold(verdict.toLowerCase()), ...[roles, change, before].map(markdown), markdown(after).replace(STRIKING, bold('$&')),
  ]));
}

function rolesOf(groups: readonly Group[], model: Model): string {
  return table(ROLE_HEADS, groups.map((group) => {
    const { name, ways } = group.like;
    const { notes, flaws } = notesOf(group);
    return [
      [code(name), ...notes, ...flaws.map((one) => bold(markdown(one)))].join('<br/>'),
      markdown(placesText(group, 4)),
      ways.map((way) => markdown(callerIn(model, way))).join('<br/>') || 'nobody',
      ways.map((way) => (way.flaw ? bold(markdown(onlyText(way))) : markdown(onlyText(way)))).join('<br/>'),
      markdown(mayText(group)),
    ];
  }));
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), `|${heads.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}
