import { TrustRecords } from './ports';
import { packRecord, parseTrustRecord } from './record';
import { parameters } from '../runtime/parameters';
import { Outbound } from '../runtime/resource';

/** The record of a role, in Parameter Store. */
export function parameterStore(name: string, outbound: Outbound): TrustRecords {
  const store = parameters(outbound);
  return {
    read: async () => {
      const value = await store.read(name);
      return value === undefined ? undefined : parseTrustRecord(value, name);
    },
    claim: async (record) => store.claim(name, packRecord(record, name)),
    write: async (record) => store.write(name, packRecord(record, name)),
    remove: async () => store.remove(name),
  };
}
