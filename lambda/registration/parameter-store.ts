import { parseRecord, Records } from './record';
import { CANCELLATION_SUFFIX } from '../../src/wire/base-account';
import { parameters } from '../runtime/parameters';
import { Outbound } from '../runtime/resource';

/** Ownership records in Parameter Store. */
export function parameterStore(outbound: Outbound): Records {
  const store = parameters(outbound);
  return {
    read: async (name) => {
      const value = await store.read(name);
      return value === undefined ? undefined : parseRecord(value, name);
    },
    claim: (name, record) => store.claim(name, JSON.stringify(record)),
    write: (name, record) => store.write(name, JSON.stringify(record)),
    remove: (name) => store.remove(name),
    cancellation: (name) => store.read(name + CANCELLATION_SUFFIX),
    cancel: (name, note) => store.write(name + CANCELLATION_SUFFIX, note),
    forgetCancellation: (name) => store.remove(name + CANCELLATION_SUFFIX),
  };
}
