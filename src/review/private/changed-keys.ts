import { Change, Entry, Key, unique } from './model';
import { TrustChange, TrustVerdict } from '../trust-change';

const { WIDENED, NARROWED, MOVED, WEAKER } = TrustVerdict;

function paired<T>(before: readonly T[], after: readonly T[], nameOf: (one: T) => string): [T | undefined, T | undefined][] {
  const find = (list: readonly T[], name: string) => list.filter((one) => nameOf(one) === name);
  return unique([...before, ...after].map(nameOf)).flatMap((name) => {
    const [one, other] = [find(before, name), find(after, name)];
    return Array.from({ length: Math.max(one.length, other.length) }, (_, index): [T | undefined, T | undefined] => [one[index], other[index]]);
  });
}

const inWords = ({ opens, rotates, removal }: Key) => `rotates ${rotates}; opens ${opens.length === 0 ? 'no role' : opens.join(', ')}; ${removal}`;

export function changesOfKeys(before: readonly Key[], after: readonly Key[]): TrustChange[] {
  return paired(before, after, ({ account, user }) => `${account} ${user}`).flatMap(([one, other]) => {
    const { user, account } = (one ?? other)!;
    return changesOfKey(one, other).map((change) => ({ roles: `key of ${user} in ${account}`, ...change }));
  });
}

function changesOfKey(before: Key | undefined, after: Key | undefined): Change[] {
  if (!before) return [{ verdict: WIDENED, change: 'a new long-lived key', before: 'none', after: inWords(after!) }];
  if (!after) return [{ verdict: NARROWED, change: 'the key is gone', before: inWords(before), after: 'none' }];
  const changes = { before: inWords(before), after: inWords(after) };
  if (changes.before === changes.after) return [];
  const more = after.opens.filter((one) => !before.opens.includes(one));
  const less = before.opens.filter((one) => !after.opens.includes(one));
  const everything = `every role that trusts ${after.account}`;
  const weaker = [
    ...more.includes(everything) ? ['opens every role that trusts its account'] : more.length > 0 && less.length === 0 ? ['opens more roles'] : [],
    ...isSlower(before.rotates, after.rotates) ? [after.rotates === 'never' ? 'never rotates' : 'rotates more seldom'] : [],
    ...before.removal !== after.removal && after.removal === 'goes with its stack' ? ['goes with its stack'] : [],
  ];
  if (weaker.length > 0) return [{ verdict: WEAKER, change: `the key ${weaker.join(', ')}`, ...changes }];
  if (more.length > 0) return [{ verdict: MOVED, change: 'the key opens other roles', ...changes }];
  return [{ verdict: NARROWED, change: less.length > 0 ? 'the key opens less' : 'the key is guarded better', ...changes }];
}

const DAYS: Readonly<Record<string, number>> = { minute: 1 / 1440, hour: 1 / 24, day: 1 };

/** `every 90 days` in days; another schedule is not compared. */
function daysOf(text: string): number | undefined {
  if (text === 'never') return Infinity;
  const [, count, unit] = /^every (\d+) (minute|hour|day)s?$/.exec(text) ?? [];
  return count === undefined ? undefined : Number(count) * DAYS[unit!]!;
}

function isSlower(before: string, after: string): boolean {
  const [one, other] = [daysOf(before), daysOf(after)];
  return before !== after && (one === undefined || other === undefined || other > one);
}

/** A new entry lets nobody in. One that is guarded less, or delivered otherwise, is told. */
export function changesOfEntries(before: readonly Entry[], after: readonly Entry[]): TrustChange[] {
  return paired(before, after, ({ platform, accountType }) => `${platform} ${accountType}`).flatMap(([one, other]): TrustChange[] => {
    if (!one || !other) return [];
    const roles = `base account ${other.title} at ${other.platform}`;
    const words = ({ account, user, delivery, removal, isProtected }: Entry) => (
      `user ${user} of ${account}; key delivered by ${delivery}; ${removal}${isProtected ? ', kept while connectors use it' : ', also under connectors that use it'}`);
    const changes = { roles, before: words(one), after: words(other) };
    if (changes.before === changes.after) return [];
    const say = (verdict: TrustVerdict, list: readonly string[]) => [{ verdict, change: `the entry at the service ${list.join(', ')}`, ...changes }];
    const weaker = [
      ...one.isProtected && !other.isProtected ? ['may go while connectors use it'] : [],
      ...one.removal !== other.removal && other.removal === 'goes with its stack' ? ['goes with its stack'] : [],
    ];
    if (weaker.length > 0) return say(WEAKER, weaker);
    const moved = [...one.account === other.account && one.user === other.user ? [] : ['names another user'], ...one.delivery === other.delivery ? [] : ['gets its key in another way']];
    return moved.length > 0 ? say(MOVED, moved) : say(NARROWED, ['is guarded better']);
  });
}
