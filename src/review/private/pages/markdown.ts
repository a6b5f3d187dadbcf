import { code, markdown } from './escape';
import { mermaidOf } from './mermaid';
import { callerIn, mayText, NO_CHANGE, notesOf, onlyText, Page, placesText, STRIKING, Table } from './sections';

/** What a pull request shows. */
export function toMarkdown(page: Page): string {
  const { headline, counts, changes, findings, groups, keys, entries, read, model } = page;
  const rows = groups.map((group) => [
    [code(group.like.name), ...notesOf(group).notes, ...notesOf(group).flaws.map((one) => `**${markdown(one)}**`)].join('<br/>'),
    markdown(placesText(group, 4)),
    group.like.ways.map((way) => markdown(callerIn(model, way))).join('<br/>') || 'nobody',
    group.like.ways.map((way) => `${way.flaw ? '**' : ''}${markdown(onlyText(way))}${way.flaw ? '**' : ''}`).join('<br/>'),
    markdown(mayText(group)),
  ]);
  return `${[
    '# Trust map',
    markdown(headline),
    counts.map(([count, what]) => `${count} ${what}`).join(' · '),
    ...changes ? ['## What this change does', changes.length === 0 ? NO_CHANGE : table({
      heads: ['', 'Roles', 'Change', 'Before', 'After'],
      rows: changes.map(({ verdict, roles, change, before, after }) => [
        `**${verdict.toLowerCase()}**`, ...[roles, change, before].map(markdown), markdown(after).replace(STRIKING, '**$&**'),
      ]),
    })] : [],
    ...findings.length > 0 ? ['## To look at', findings.map((one) => `- ${markdown(one)}`).join('\n')] : [],
    ...groups.length > 0 ? ['## Who may become whom', ['```mermaid', ...mermaidOf(page), '```'].join('\n'),
      table({ heads: ['Role', 'Where', 'Who may assume it', 'Only with', 'May do'], rows })] : [],
    ...keys.rows.length > 0 ? ['## Keys', table(written(keys))] : [],
    ...entries.rows.length > 0 ? ['## At the service', table(written(entries))] : [],
    markdown(read.join(' ')),
  ].join('\n\n')}\n`;
}

const written = ({ heads, rows }: Table): Table => ({ heads, rows: rows.map((row) => row.map(markdown)) });

function table({ heads, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), `|${heads.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}
