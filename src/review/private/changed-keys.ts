import { paired, without } from './lists';
import { Change, changed, Entry, Key } from './model';
import { TrustChange, TrustVerdict } from '../trust-change';

const { WIDENED, NARROWED, MOVED, WEAKER } = TrustVerdict;
const GOES = 'goes with its stack';

export function changesOfKeys(before: readonly Key[], after: readonly Key[]): TrustChange[] {
  const words = ({ opens, rotates, removal }: Key) => `rotates ${rotates}; opens ${opens.length === 0 ? 'no role' : opens.join(', ')}; ${removal}`;
  return paired(before, after, ({ account, user }) => `${account} ${user}`).flatMap(([one, other]) => {
    const { user, account } = (one ?? other)!;
    const changes = !one ? [changed(WIDENED, 'a new long-lived key', 'none', words(other!))]
      : !other ? [changed(NARROWED, 'the key is gone', words(one), 'none')] : changesOfKey(one, other, words);
    return changes.map((change) => ({ ...change, roles: `key of ${user} in ${account}` }));
  });
}

function changesOfKey(before: Key, after: Key, words: (key: Key) => string): Change[] {
  const [more, less] = [without(after.opens, before.opens), without(before.opens, after.opens)];
  const opensAll = more.includes(`every role that trusts ${after.account}`);
  const [rate, other] = [daysOf(before.rotates), daysOf(after.rotates)];
  const isSlower = before.rotates !== after.rotates && !(rate >= other);
  return changesOf('the key', words(before), words(after), [
    [opensAll, 'opens every role that trusts its account'],
    [!opensAll && more.length > 0 && less.length === 0, 'opens more roles'],
    [isSlower, after.rotates === 'never' ? 'never rotates' : 'rotates more seldom'],
    [before.removal !== after.removal && after.removal === GOES, GOES],
  ], [[more.length > 0, 'opens other roles']], less.length > 0 ? 'opens less' : 'is guarded better');
}

/** `every 90 days` in days; another schedule is not compared. */
function daysOf(text: string): number {
  const [, count, unit] = /^every (\d+) (minute|hour|day)s?$/.exec(text) ?? [];
  return text === 'never' ? Infinity : Number(count) * { minute: 1 / 1440, hour: 1 / 24, day: 1 }[unit as 'day'];
}

/** A new entry lets nobody in. One that is guarded less, or delivered otherwise, is told. */
export function changesOfEntries(before: readonly Entry[], after: readonly Entry[]): TrustChange[] {
  const words = ({ account, user, delivery, removal, isProtected }: Entry) => (
    `user ${user} of ${account}; key delivered by ${delivery}; ${removal}${isProtected ? ', kept while connectors use it' : ', also under connectors that use it'}`);
  return paired(before, after, ({ platform, accountType }) => `${platform} ${accountType}`).flatMap(([one, other]) => {
    if (!one || !other) return [];
    return changesOf('the entry at the service', words(one), words(other), [
      [one.isProtected && !other.isProtected, 'may go while connectors use it'],
      [one.removal !== other.removal && other.removal === GOES, GOES],
    ], [
      [one.account !== other.account || one.user !== other.user, 'names another user'],
      [one.delivery !== other.delivery, 'gets its key in another way'],
    ], 'is guarded better').map((change) => ({ ...change, roles: `base account ${other.title} at ${other.platform}` }));
  });
}

type Cases = readonly (readonly [is: boolean, says: string])[];

/** What makes it weaker is told alone; what is neither weaker nor other is better. */
function changesOf(what: string, before: string, after: string, weaker: Cases, other: Cases, better: string): Change[] {
  if (before === after) return [];
  const told = (cases: Cases) => cases.filter(([is]) => is).map(([, says]) => says).join(', ');
  const [verdict, says] = told(weaker) ? [WEAKER, told(weaker)] as const : told(other) ? [MOVED, told(other)] as const : [NARROWED, better] as const;
  return [changed(verdict, `${what} ${says}`, before, after)];
}
