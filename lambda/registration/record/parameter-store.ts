import { parseRecord, Records } from './record';
import { CANCELLATION_SUFFIX } from '../../../src/wire/base-account';
import { MayFollow, parameters } from '../../runtime/calls/parameters';
import { Owner, isOfStack } from '../../runtime/owner';
import { Outbound } from '../../runtime/resource';

/** Ownership records in Parameter Store. */
export function parameterStore(outbound: Outbound, owner: Owner): Records {
  // Create and Delete of one stack may run at the same time. They see each other by the note of a cancellation.
  const mayFollow: MayFollow = (between) => between === undefined || isOfStack(between, owner);
  const store = parameters(outbound);
  return {
    read: async (name) => {
      const value = await store.read(name);
      return value === undefined ? undefined : parseRecord(value, name);
    },
    claim: (name, record) => store.claim(name, JSON.stringify(record)),
    write: (name, record) => store.write(name, JSON.stringify(record), mayFollow),
    change: (name, record) => store.write(name, JSON.stringify(record)),
    remove: (name) => store.remove(name),
    cancellation: (name) => store.read(name + CANCELLATION_SUFFIX),
    cancel: (name, note) => store.write(name + CANCELLATION_SUFFIX, note, () => true),
    forgetCancellation: (name) => store.remove(name + CANCELLATION_SUFFIX),
  };
}
