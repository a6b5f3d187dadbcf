import { TrustRecords } from './ports';
import { packRecord, parseTrustRecord } from './record';
import { parameters } from '../runtime/calls/parameters';
import { isOfStack, Owner } from '../runtime/owner';
import { Outbound } from '../runtime/resource';

/** The record of a role, in Parameter Store. */
export function parameterStore(name: string, outbound: Outbound, owner?: Owner): TrustRecords {
  // A request that was given up may still run beside the one that undoes it.
  const mayFollow = (between: string | undefined) => between === undefined || (owner !== undefined && isOfStack(between, owner));
  const store = parameters(outbound);
  return {
    read: async () => {
      const value = await store.read(name);
      return value === undefined ? undefined : parseTrustRecord(value, name);
    },
    claim: async (record) => store.claim(name, packRecord(record, name)),
    write: async (record) => store.write(name, packRecord(record, name), mayFollow),
    remove: async () => store.remove(name),
  };
}
