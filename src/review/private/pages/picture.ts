import { Group, isFlawed, isHere } from '../groups';
import { Model, Way } from '../model';
import { callerText, counted } from '../words';
import { cut, html } from './escape';
import { mayText, notesOf, onlyText, Page, placesText } from './sections';

const MOST = 12;
const [CALLER_X, CALLER_WIDTH, ROLE_X, ROLE_WIDTH, WIDTH] = [8, 300, 716, 356, 1080];
const [GAP, LINE] = [16, 28];

interface Box { readonly y: number; readonly height: number }

/** Callers on the left, roles on the right, on each line what is asked. What is wrong is red and stands on top. */
export function pictureOf({ groups, model }: Page): string {
  const shown = groups.slice(0, MOST);
  const roles = stacked(shown.map(({ like }) => Math.max(86, like.ways.length * LINE + 20)));
  const callers = placedCallers(shown, roles, model);
  const height = Math.max(...[...roles, ...callers.map(({ box }) => box)].map((box) => box.y + box.height)) + 8;
  const rest = groups.length - shown.length;
  const words = `${counted(callers.length, 'caller')} on the left, ${counted(shown.length, 'group')} of roles on the right, a line for each way in. `
    + 'The table below says it in words.';
  return [
    `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="picture-title picture-text">`,
    `<title id="picture-title">Who may become whom</title><desc id="picture-text">${html(words)}</desc>`,
    ...shown.flatMap(({ like: { ways } }, index) => ways.map((way, slot) => (
      drawWay(way, callers.find(({ name }) => name === callerText(way))!, roles[index]!, slot, ways.length)))),
    ...callers.map(drawCaller),
    ...shown.map((group, index) => drawRole(group, roles[index]!)),
    '</svg>',
    ...rest > 0 ? [`<p class="dim">${html(`${counted(rest, 'group')} of roles more ${rest === 1 ? 'stands' : 'stand'} in the table.`)}</p>`] : [],
  ].join('\n');
}

function stacked(heights: readonly number[]): Box[] {
  let y = 8;
  return heights.map((height) => {
    const box = { y, height };
    y += height + GAP;
    return box;
  });
}

interface Caller {
  readonly name: string;
  readonly way: Way;
  readonly lines: readonly (readonly [line: string, style: string])[];
  readonly box: Box;
}

/** Each beside the roles that it may assume, as far as there is room. */
function placedCallers(groups: readonly Group[], roles: readonly Box[], model: Model): Caller[] {
  const found = new Map<string, { way: Way; at: number[] }>();
  groups.forEach(({ like }, index) => like.ways.forEach((way) => {
    const one = found.get(callerText(way)) ?? { way, at: [] };
    one.at.push(roles[index]!.y + roles[index]!.height / 2);
    found.set(callerText(way), one);
  }));
  const middle = (at: readonly number[]) => at.reduce((sum, y) => sum + y, 0) / at.length;
  const sorted = [...found].map(([name, { way, at }]) => ({ name, way, middle: middle(at), lines: linesOf(way, model) }))
    .sort((one, other) => one.middle - other.middle);
  let free = 8;
  return sorted.map((one) => {
    const height = 42 + one.lines.length * 22;
    const y = Math.max(free, Math.round(one.middle - height / 2));
    free = y + height + GAP;
    return { ...one, box: { y, height } };
  });
}

function linesOf({ kind, caller }: Way, model: Model): [string, string][] {
  const [, who] = /^[^,]*, (.*)$/s.exec(caller) ?? [];
  const keys = model.keys.filter(({ account, user }) => caller === `${account}, user ${user}`);
  const note = kind === 'qualys' ? 'the vendor, outside your organization' : 'everyone in it who may assume roles';
  return [
    ...who !== undefined ? [[who, 'soft'] as [string, string]] : [],
    ...who === undefined && (kind === 'qualys' || kind === 'base' || kind === 'account') ? [[note, 'soft'] as [string, string]] : [],
    ...kind === 'base' && !isHere(model, caller) ? [['its user is not in this app', 'soft'] as [string, string]] : [],
    ...keys.slice(0, 2).map(({ rotates }): [string, string] => (rotates === 'never' ? ['key: access key, never rotated', 'red'] : [`key: access key, rotates ${rotates}`, 'soft'])),
  ];
}

const colour = ({ kind }: Way) => (kind === 'base' || kind === 'qualys' ? kind : kind === 'anyone' || kind === 'unknown' ? 'bad' : 'other');

function text(x: number, y: number, style: string, value: string, more = ''): string {
  return `<text x="${x}" y="${y}" class="${style}"${more}>${html(value)}</text>`;
}

function card(x: number, { y, height }: Box, width: number): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="9" class="card"/>`;
}

function drawCaller({ way, lines, box }: Caller): string {
  const title = callerText(way).replace(way.kind === 'base' || way.kind === 'account' || way.kind === 'qualys' ? /,.*$/s : /$^/, '');
  return [
    card(CALLER_X, box, CALLER_WIDTH),
    `<rect x="${CALLER_X}" y="${box.y + 8}" width="4" height="${box.height - 16}" rx="2" class="bar-${colour(way)}"/>`,
    text(CALLER_X + 20, box.y + 26, 'name', cut(title, 32)),
    ...lines.map(([line, style], index) => {
      const y = box.y + 48 + index * 22;
      const isKey = line.startsWith('key: ');
      const sign = `<g class="key"><circle cx="${CALLER_X + 24}" cy="${y - 4}" r="3.5"/><path d="M${CALLER_X + 27.5} ${y - 4}h10m-3 0v4m-4 -4v3"/></g>`;
      return isKey ? sign + text(CALLER_X + 44, y, style, cut(line.slice(5), 36)) : text(CALLER_X + 20, y, style, cut(line, 38));
    }),
  ].join('');
}

function drawRole(group: Group, box: Box): string {
  const { like, count } = group;
  const size = count === undefined || count === 1 ? placesText(group, 2) : `${counted(count, 'role')}, ${placesText(group, 1)}`;
  const [note = like.origin === 'edited' ? 'a role from elsewhere; its trust is edited here' : mayText(group).replace(/ \(\d+ actions?\)/g, '')] = notesOf(group).flaws;
  return [
    card(ROLE_X, box, ROLE_WIDTH),
    ...isFlawed(group) ? [`<rect x="${ROLE_X + ROLE_WIDTH - 4}" y="${box.y + 8}" width="4" height="${box.height - 16}" rx="2" class="bar-bad"/>`] : [],
    text(ROLE_X + 16, box.y + 26, 'mono', cut(like.name, 38)),
    text(ROLE_X + 16, box.y + 48, 'soft', cut(size, 47)),
    text(ROLE_X + 16, box.y + 70, like.shutOut ? 'red' : 'soft', cut(note, 47)),
  ].join('');
}

function drawWay(way: Way, caller: Caller, role: Box, slot: number, of: number): string {
  const style = way.flaw ? 'bad' : colour(way);
  const [from, x] = [CALLER_X + CALLER_WIDTH, ROLE_X - 8];
  const start = caller.box.y + caller.box.height / 2;
  const y = role.y + role.height / 2 + (slot - (of - 1) / 2) * LINE;
  const label = cut(onlyText(way), 48);
  const width = Math.min(368, Math.max(60, widthOf(label) + 24));
  const end = x - 14 - width;
  const bend = Math.max(24, (end - from) * 0.6);
  return [
    `<path d="M${from} ${round(start)}C${round(from + bend)} ${round(start)} ${round(end - bend / 2)} ${round(y)} ${round(end)} ${round(y)}L${x - 8} ${round(y)}" class="way to-${style}"/>`,
    `<path d="M${x - 9} ${round(y - 6)}l12 6l-12 6z" class="tip-${style}"/>`,
    `<rect x="${round(end)}" y="${round(y - 12)}" width="${round(width)}" height="24" rx="12" class="pill to-${style}"/>`,
    text(round(end + width / 2), round(y + 4.5), way.flaw ? 'red' : '', label, ` text-anchor="middle" textLength="${round(width - 24)}" lengthAdjust="spacingAndGlyphs"`),
  ].join('');
}

/** About as wide as the fonts of the page are; the text is fitted to it. */
function widthOf(label: string): number {
  return [...label].reduce((sum, one) => sum + (/[ijlrtfI.,:;|'()[\]‹› -]/.test(one) ? 4.7 : /[mwMW@%]/.test(one) ? 11 : 7.4), 0);
}

const round = (value: number) => Math.round(value * 10) / 10;
