import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';
import { SCHEMA_VERSION } from '../../../src/wire/common';
import { DeployError } from '../../runtime/errors';
import { digits12 } from '../../runtime/properties';
import { Row, RunState } from '../ports';

/*
 * An item of the table holds JSON, and beside it the attributes that DynamoDB compares. Whoever can write the table can stop the fleet, but cannot
 * make it do anything that was not deployed: see authority.ts and steps/confirm-member.ts.
 */

type Item = Readonly<Record<string, AttributeValue>>;

const time = z.number();
const text = z.string();

const row = z.object({
  accountId: digits12,
  source: z.number(),
  roleArn: text,
  name: z.optional(text),
  state: z.enum(['READY', 'WAITING', 'FAILED']),
  reason: z.optional(text),
  since: time,
  goneSince: z.optional(time),
  connectorId: z.optional(text),
  origin: z.optional(z.enum(['created', 'adopted'])),
  token: z.optional(text),
  begun: z.optional(time),
  doubtUntil: z.optional(time),
  doubles: z.optional(z.array(text)),
  looked: z.optional(time),
  applied: z.optional(text),
  sent: z.optional(text),
  tagIds: z.optional(z.array(text)),
  disabled: z.optional(z.literal(true)),
  blockedBy: z.optional(z.object({ connectorId: text, why: text })),
  former: z.optional(z.object({ connectorId: text, roleArn: text, token: text })),
  problem: z.optional(text),
  attempts: z.optional(z.number()),
  notBefore: z.optional(time),
  version: z.number(),
});

const state = z.object({
  bookings: z.array(z.object({ calls: z.number(), until: time })),
  beside: z.optional(z.number()),
  notBefore: z.optional(time),
  planned: z.optional(z.object({ at: time, sources: text, operations: text, excluded: z.array(text), size: z.number() })),
  reading: z.optional(z.object({ begun: time, purpose: text, next: z.optional(text), size: z.number(), failing: z.number(), missing: z.number() })),
  read: z.optional(z.object({ begun: time, purpose: text })),
  tags: z.optional(z.object({ purpose: text, ids: z.array(text) })),
  counts: z.optional(z.object({
    connected: z.number(), waiting: z.number(), waitingSince: z.optional(time), problems: z.number(), failing: z.number(), missing: z.number(),
  })),
  nextDue: z.optional(time),
  stopped: z.optional(text),
});

export function fleetItem(id: string, value: object): Record<string, AttributeValue> {
  return { id: { S: id }, schemaVersion: { S: SCHEMA_VERSION }, value: { S: JSON.stringify(value) } };
}

export function readItem({ id, schemaVersion, value }: Item): unknown {
  if (schemaVersion?.S !== SCHEMA_VERSION) {
    throw new DeployError(`the item ${id?.S} of the table was written by another version of this library (${schemaVersion?.S ?? 'none'}), which this one (${SCHEMA_VERSION}) does not know; `
      + 'nothing was called. Deploy with the newer one');
  }
  try {
    return JSON.parse(value?.S ?? '');
  } catch {
    throw unknown(id?.S);
  }
}

export function parseRow(item: Item): Row {
  const result = z.safeParse(row, readItem(item));
  if (result.success && `account#${result.data.accountId}` === item.id?.S) return result.data;
  throw unknown(item.id?.S);
}

/** The state of an item. The item of the first run has only a lease. */
export function parseState(item: Item): RunState {
  if (item.value === undefined) return { bookings: [] };
  const result = z.safeParse(state, readItem(item));
  if (result.success) return result.data;
  throw unknown(item.id?.S);
}

function unknown(id: string | undefined): DeployError {
  return new DeployError(`the item ${id} of the table is not one that this library wrote; nothing was called. Delete the item: the next run writes it again`);
}
