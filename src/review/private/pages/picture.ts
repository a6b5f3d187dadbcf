import { Group, isHere } from '../groups';
import { groupedBy } from '../lists';
import { Model, Way } from '../model';
import { callerText, counted } from '../words';
import { Box, Caller, drawCaller, drawRole, drawWay, isAccount, Line, LINE, middleOf, WIDTH } from './drawing';
import { html } from './escape';

const MOST = 12;
const [TOP, GAP] = [8, 16];

/** Callers on the left, roles on the right, on each line what is asked. What is wrong is red and stands on top. */
export function pictureOf(groups: readonly Group[], model: Model): string {
  const shown = groups.slice(0, MOST);
  const roles = stacked(shown, ({ like }) => ({ height: Math.max(86, like.ways.length * LINE + 20) }));
  const callers = callersOf(shown, roles, model);
  const height = Math.max(...[...roles, ...callers.map(({ box }) => box)].map((box) => box.y + box.height)) + 8;
  const rest = groups.length - shown.length;
  const words = `${counted(callers.length, 'caller')} on the left, ${counted(shown.length, 'group')} of roles on the right, a line for each way in. `
    + 'The table below says it in words.';
  return [
    `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="picture-title picture-text">`,
    `<title id="picture-title">Who may become whom</title><desc id="picture-text">${html(words)}</desc>`,
    ...shown.flatMap(({ like: { ways } }, index) => ways.map((way, slot) => (
      drawWay(way, callers.find(({ name }) => name === callerText(way))!.box, roles[index]!, slot - (ways.length - 1) / 2)))),
    ...callers.map(drawCaller),
    ...shown.map((group, index) => drawRole(group, roles[index]!)),
    '</svg>',
    ...rest > 0 ? [`<p class="dim">${html(`${counted(rest, 'group')} of roles more ${rest === 1 ? 'stands' : 'stand'} in the table.`)}</p>`] : [],
  ].join('\n');
}

/** One below the other, each with its middle where it wants to be as far as there is room. */
function stacked<T>(list: readonly T[], sizeOf: (one: T) => { readonly height: number; readonly middle?: number }): Box[] {
  let free = TOP;
  return list.map((one) => {
    const { height, middle = 0 } = sizeOf(one);
    const y = Math.max(free, Math.round(middle - height / 2));
    free = y + height + GAP;
    return { y, height };
  });
}

/** Each beside the roles that it may assume. */
function callersOf(groups: readonly Group[], roles: readonly Box[], model: Model): Caller[] {
  const ways = groups.flatMap(({ like }, index) => like.ways.map((way) => ({ way, at: middleOf(roles[index]!) })));
  const callers = [...groupedBy(ways, ({ way }) => callerText(way))].map(([name, alike]) => ({
    name, way: alike[0]!.way, lines: linesOf(alike[0]!.way, model), middle: alike.reduce((sum, { at }) => sum + at, 0) / alike.length,
  })).sort((one, other) => one.middle - other.middle);
  const boxes = stacked(callers, ({ lines, middle }) => ({ height: 42 + lines.length * 22, middle }));
  return callers.map((one, index) => ({ ...one, box: boxes[index]! }));
}

function linesOf(way: Way, model: Model): Line[] {
  const [, who] = /^[^,]*, (.*)$/s.exec(way.caller) ?? [];
  const note = way.kind === 'qualys' ? 'the vendor, outside your organization' : 'everyone in it who may assume roles';
  const keys = model.keys.filter(({ account, user }) => way.caller === `${account}, user ${user}`);
  return [
    ...who !== undefined || isAccount(way) ? [[who ?? note, 'soft'] as const] : [],
    ...way.kind === 'base' && !isHere(model, way.caller) ? [['its user is not in this app', 'soft'] as const] : [],
    ...keys.slice(0, 2).map(({ rotates }): Line => (rotates === 'never' ? ['key: access key, never rotated', 'red'] : [`key: access key, rotates ${rotates}`, 'soft'])),
  ];
}
