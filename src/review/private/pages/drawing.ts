import { Group, isFlawed } from '../groups';
import { Way } from '../model';
import { counted } from '../words';
import { cut, html } from './escape';
import { mayText, notesOf, onlyText, placesText } from './sections';

const [CALLER_X, CALLER_WIDTH, ROLE_X, ROLE_WIDTH] = [8, 300, 716, 356];
export const [WIDTH, LINE] = [1080, 28];

export interface Box { readonly y: number; readonly height: number }
export interface Caller { readonly name: string; readonly way: Way; readonly lines: readonly Line[]; readonly box: Box }
export type Line = readonly [text: string, style: string];

export const middleOf = ({ y, height }: Box): number => y + height / 2;
export const isAccount = ({ kind }: Way): boolean => kind === 'base' || kind === 'qualys' || kind === 'account';
const colourOf = ({ kind }: Way) => (kind === 'base' || kind === 'qualys' ? kind : kind === 'anyone' || kind === 'unknown' ? 'bad' : 'other');

const text = (x: number, y: number, style: string, value: string, more = '') => `<text x="${x}" y="${y}" class="${style}"${more}>${html(value)}</text>`;

const card = (x: number, { y, height }: Box, width: number) => `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="9" class="card"/>`;

const bar = (x: number, { y, height }: Box, colour: string) => `<rect x="${x}" y="${y + 8}" width="4" height="${height - 16}" rx="2" class="bar-${colour}"/>`;

export function drawCaller({ name, way, lines, box }: Caller): string {
  return [
    card(CALLER_X, box, CALLER_WIDTH),
    bar(CALLER_X, box, colourOf(way)),
    text(CALLER_X + 20, box.y + 26, 'name', cut(isAccount(way) ? name.replace(/,.*$/s, '') : name, 32)),
    ...lines.map(([line, style], index) => {
      const y = box.y + 48 + index * 22;
      if (!line.startsWith('key: ')) return text(CALLER_X + 20, y, style, cut(line, 38));
      const sign = `<g class="key"><circle cx="${CALLER_X + 24}" cy="${y - 4}" r="3.5"/><path d="M${CALLER_X + 27.5} ${y - 4}h10m-3 0v4m-4 -4v3"/></g>`;
      return sign + text(CALLER_X + 44, y, style, cut(line.slice(5), 36));
    }),
  ].join('');
}

export function drawRole(group: Group, box: Box): string {
  const { like, count } = group;
  const size = count === undefined || count === 1 ? placesText(group, 2) : `${counted(count, 'role')}, ${placesText(group, 1)}`;
  const note = like.origin === 'edited' ? 'a role from elsewhere; its trust is edited here' : mayText(group).replace(/ \(\d+ actions?\)/g, '');
  return [
    card(ROLE_X, box, ROLE_WIDTH),
    isFlawed(group) ? bar(ROLE_X + ROLE_WIDTH - 4, box, 'bad') : '',
    text(ROLE_X + 16, box.y + 26, 'mono', cut(like.name, 38)),
    text(ROLE_X + 16, box.y + 48, 'soft', cut(size, 47)),
    text(ROLE_X + 16, box.y + 70, like.shutOut ? 'red' : 'soft', cut(notesOf(group).flaws[0] ?? note, 47)),
  ].join('');
}

/** `slot` is how many lines it lies below the middle of the role. */
export function drawWay(way: Way, caller: Box, role: Box, slot: number): string {
  const style = way.flaw ? 'bad' : colourOf(way);
  const label = cut(onlyText(way), 48);
  const width = Math.min(368, Math.max(60, widthOf(label) + 24));
  const [from, tip, end] = [CALLER_X + CALLER_WIDTH, ROLE_X - 16, ROLE_X - 22 - width];
  const [start, y] = [middleOf(caller), middleOf(role) + slot * LINE];
  const bend = Math.max(24, (end - from) * 0.6);
  const fitted = ` text-anchor="middle" textLength="${round(width - 24)}" lengthAdjust="spacingAndGlyphs"`;
  return [
    `<path d="M${from} ${round(start)}C${round(from + bend)} ${round(start)} ${round(end - bend / 2)} ${round(y)} ${round(end)} ${round(y)}L${tip} ${round(y)}" class="way to-${style}"/>`,
    `<path d="M${tip - 1} ${round(y - 6)}l12 6l-12 6z" class="tip-${style}"/>`,
    `<rect x="${round(end)}" y="${round(y - 12)}" width="${round(width)}" height="24" rx="12" class="pill to-${style}"/>`,
    text(round(end + width / 2), round(y + 4.5), way.flaw ? 'red' : '', label, fitted),
  ].join('');
}

/** About as wide as the fonts of the page are; the text is fitted to it. */
function widthOf(label: string): number {
  return [...label].reduce((sum, one) => sum + (/[ijlrtfI.,:;|'()[\]‹› -]/.test(one) ? 4.7 : /[mwMW@%]/.test(one) ? 11 : 7.4), 0);
}

const round = (value: number) => Math.round(value * 10) / 10;
