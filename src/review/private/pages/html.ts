import { createHash } from 'crypto';
import { findingsOf, Group, groupsOf, headlineOf } from '../groups';
import { html } from './escape';
import { pictureOf } from './picture';
import { callerIn, countsOf, mayText, NO_CHANGE, notesOf, onlyText, placesText, readText, ROLE_HEADS, STRIKING, tablesOf } from './sections';
import { STYLE } from './style';
import { TrustChange } from '../../trust-change';
import { Model } from '../model';
import { counted } from '../words';

const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

/** One page without script, and without anything from elsewhere: it says so to the browser. */
export function toHtml(model: Model, changes?: readonly TrustChange[]): string {
  const sections = sectionsOf(model, changes);
  const isBad = (what: string) => what === 'widened' || what === 'weaker' || (what === 'to look at' && findingsOf(model).length > 0);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Trust map</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#content">To the content</a>
<main id="content" tabindex="-1">
<h1>Trust map</h1>
<p class="headline">${html(headlineOf(model))}</p>
<ul class="counts" aria-label="Counts">${each(countsOf(model, changes), ([count, what]) => `<li${isBad(what) ? ' class="bad"' : ''}><b>${html(count)}</b> ${html(what)}</li>`)}</ul>
<nav aria-label="On this page"><ul>${each(sections, ([id, title]) => `<li><a href="#${id}">${html(title)}</a></li>`)}</ul></nav>
${sections.map(([id, title, body]) => `<section aria-labelledby="${id}">\n<h2 id="${id}">${html(title)}</h2>\n${body}\n</section>`).join('\n')}
</main>
</body>
</html>
`;
}

const each = <T>(list: readonly T[], htmlOf: (one: T) => string): string => list.map(htmlOf).join('');

function sectionsOf(model: Model, changes?: readonly TrustChange[]): (readonly [id: string, title: string, body: string])[] {
  const [groups, findings] = [groupsOf(model), findingsOf(model)];
  return [
    ...changes ? [['changes', 'What this change does', changes.length === 0 ? `<p>${html(NO_CHANGE)}</p>` : changesOf(changes)] as const] : [],
    ...findings.length > 0 ? [['look', 'To look at', `<ul class="look">${each(findings, (one) => `<li>${html(one)}</li>`)}</ul>`] as const] : [],
    ...groups.length > 0 ? [
      ['picture', 'Who may become whom', scrolling('Picture', pictureOf(groups, model))] as const,
      ['roles', 'Roles', rolesOf(groups, model)] as const,
    ] : [],
    ...tablesOf(model).map(({ id, title, heads, rows }) => [id, title, table(title, heads, rows.map((row) => row.map(html)))] as const),
    ['read', 'What was read', each(readText(model), (one) => `<p>${html(one)}</p>`)],
  ];
}

/** Whoever uses the keyboard scrolls what is too wide. */
function scrolling(label: string, body: string): string {
  return `<div class="wide" role="region" aria-label="${html(label)}" tabindex="0">\n${body}\n</div>`;
}

/** Of cells that are HTML; the first of a row is its head. */
function table(title: string, heads: readonly string[], rows: readonly (readonly string[])[], classOf: (head: string) => string = () => ''): string {
  const lines = rows.map(([head = '', ...cells]) => `<tr><th scope="row"${classOf(head)}>${head}</th>${each(cells, (cell) => `<td>${cell}</td>`)}</tr>`);
  const columns = each(heads, (one) => `<th scope="col">${html(one)}</th>`);
  return scrolling(`Table: ${title}`, `<table>\n<thead><tr>${columns}</tr></thead>\n<tbody>\n${lines.join('\n')}\n</tbody>\n</table>`);
}

function changesOf(changes: readonly TrustChange[]): string {
  return table('What this change does', ['Verdict', 'Roles', 'Change', 'Before', 'After'], changes.map(({ verdict, roles, change, before, after }) => [
    verdict.toLowerCase(), ...[roles, change, before].map(html), html(after).replace(STRIKING, '<b class="flaw">$&</b>'),
  ]), (verdict) => ` class="verdict ${verdict}"`);
}

function rolesOf(groups: readonly Group[], model: Model): string {
  const flaw = (text: string) => `<p class="flaw">${html(text)}</p>`;
  return table('Roles', ROLE_HEADS, groups.map((group) => {
    const { like: { name, ways }, where } = group;
    const { notes, flaws } = notesOf(group);
    const places = html(placesText(group, Infinity));
    return [
      `<code>${html(name)}</code>${each(notes, (one) => `<p class="dim">${one}</p>`)}${each(flaws, flaw)}`,
      where.length > 4 ? `<details><summary>${counted(where.length, 'account')}</summary>${places}</details>` : places,
      each(ways, (way) => `<p>${html(callerIn(model, way))}</p>`) || '<p>nobody</p>',
      each(ways, (way) => (way.flaw ? flaw(onlyText(way)) : `<p>${html(onlyText(way))}</p>`)) || '<p>nobody</p>',
      html(mayText(group)),
    ];
  }));
}
