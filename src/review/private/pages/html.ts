import { createHash } from 'crypto';
import { html } from './escape';
import { pictureOf } from './picture';
import { callerIn, mayText, NO_CHANGE, notesOf, onlyText, Page, placesText, STRIKING, Table } from './sections';
import { STYLE } from './style';
import { counted } from '../words';

/** One page without script, and without anything from elsewhere: it says so to the browser. */
export function toHtml(page: Page): string {
  const sections = sectionsOf(page);
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;
  const isBad = (what: string) => ['widened', 'weaker'].includes(what) || (what === 'to look at' && page.findings.length > 0);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Trust map</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#content">To the content</a>
<main id="content" tabindex="-1">
<h1>Trust map</h1>
<p class="headline">${html(page.headline)}</p>
<ul class="counts" aria-label="Counts">${page.counts.map(([count, what]) => `<li${isBad(what) ? ' class="bad"' : ''}><b>${html(count)}</b> ${html(what)}</li>`).join('')}</ul>
<nav aria-label="On this page"><ul>${sections.map(({ id, title }) => `<li><a href="#${id}">${html(title)}</a></li>`).join('')}</ul></nav>
${sections.map(({ id, title, body }) => `<section aria-labelledby="${id}">\n<h2 id="${id}">${html(title)}</h2>\n${body}\n</section>`).join('\n')}
</main>
</body>
</html>
`;
}

interface Section { readonly id: string; readonly title: string; readonly body: string }

function sectionsOf(page: Page): Section[] {
  const { changes, findings, groups, keys, entries, read } = page;
  return [
    ...changes ? [{ id: 'changes', title: 'What this change does', body: changes.length === 0 ? `<p>${html(NO_CHANGE)}</p>` : changesOf(page) }] : [],
    ...findings.length > 0 ? [{ id: 'look', title: 'To look at', body: `<ul class="look">${findings.map((one) => `<li>${html(one)}</li>`).join('')}</ul>` }] : [],
    ...groups.length > 0 ? [
      { id: 'picture', title: 'Who may become whom', body: scrolling('Picture', pictureOf(page)) },
      { id: 'roles', title: 'Roles', body: rolesOf(page) },
    ] : [],
    ...keys.rows.length > 0 ? [{ id: 'keys', title: 'Keys', body: plain('Keys', keys) }] : [],
    ...entries.rows.length > 0 ? [{ id: 'service', title: 'At the service', body: plain('At the service', entries) }] : [],
    { id: 'read', title: 'What was read', body: read.map((one) => `<p>${html(one)}</p>`).join('') },
  ];
}

/** Whoever uses the keyboard scrolls what is too wide. */
function scrolling(label: string, body: string): string {
  return `<div class="wide" role="region" aria-label="${html(label)}" tabindex="0">\n${body}\n</div>`;
}

function table(label: string, heads: readonly string[], rows: readonly string[]): string {
  const head = heads.map((one) => `<th scope="col">${html(one)}</th>`).join('');
  return scrolling(`Table: ${label}`, `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>`);
}

function plain(label: string, { heads, rows }: Table): string {
  return table(label, heads, rows.map(([first, ...others]) => `<tr><th scope="row">${html(first!)}</th>${others.map((one) => `<td>${html(one)}</td>`).join('')}</tr>`));
}

function changesOf({ changes }: Page): string {
  return table('What this change does', ['Verdict', 'Roles', 'Change', 'Before', 'After'], changes!.map(({ verdict, roles, change, before, after }) => {
    const word = verdict.toLowerCase();
    return `<tr><th scope="row" class="verdict ${word}">${word}</th>${[roles, change, before].map((one) => `<td>${html(one)}</td>`).join('')}<td>${html(after).replace(STRIKING, '<b class="flaw">$&</b>')}</td></tr>`;
  }));
}

function rolesOf({ groups, model }: Page): string {
  const lines = (list: readonly string[]) => list.join('') || '<p>nobody</p>';
  return table('Roles', ['Role', 'Where', 'Who may assume it', 'Only with', 'May do'], groups.map((group) => {
    const { like, where } = group;
    const places = html(placesText(group, Infinity));
    const { notes, flaws } = notesOf(group);
    const ways = like.ways.map((way) => `<p>${html(callerIn(model, way))}</p>`);
    const only = like.ways.map((way) => `<p${way.flaw ? ' class="flaw"' : ''}>${html(onlyText(way))}</p>`);
    return [
      `<tr><th scope="row"><code>${html(like.name)}</code>${[...notes.map((one) => `<p class="dim">${one}</p>`), ...flaws.map((one) => `<p class="flaw">${html(one)}</p>`)].join('')}</th>`,
      `<td>${where.length > 4 ? `<details><summary>${counted(where.length, 'account')}</summary>${places}</details>` : places}</td>`,
      `<td>${lines(ways)}</td><td>${lines(only)}</td><td>${html(mayText(group))}</td></tr>`,
    ].join('');
  }));
}
