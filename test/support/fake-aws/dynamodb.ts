import { awsError } from './account';
import type { FakeAws, Service } from './aws';

type Value = { readonly S: string } | { readonly N: string };
export type Item = Readonly<Record<string, Value>>;

/** Bytes: a scan ends with the item that passes it. */
const PAGE_BYTES = 1024 * 1024;
const MAXIMUM_ITEM = 400 * 1024;

/** A table with the one key `id`. */
export class FakeTable extends Map<string, Item> {
  /** How many writes of the next batch are put off. */
  public unprocessed = 0;

  /** What an item of the library's holds. */
  public json(id: string): any {
    const item = this.get(id) as { readonly value?: { readonly S: string } } | undefined;
    return item?.value && JSON.parse(item.value.S);
  }

  /** As somebody writes it who may write the table. */
  public tamper(id: string, change: object): void {
    this.set(id, { ...this.get(id), value: { S: JSON.stringify({ ...this.json(id), ...change }) } });
  }
}

function table({ tables }: FakeAws, name: string): FakeTable {
  const found = tables.get(name);
  if (!found) throw awsError('ResourceNotFoundException', 'Requested resource not found');
  return found;
}

export const dynamoDb: Service = {
  GetItem: (aws, { TableName, Key }) => ({ Item: table(aws, TableName).get(Key.id.S) }),
  PutItem: (aws, { TableName, Item, ConditionExpression, ExpressionAttributeValues }) => {
    const rows = table(aws, TableName);
    check(rows.get(Item.id.S), ConditionExpression, ExpressionAttributeValues);
    put(rows, Item);
    return {};
  },
  UpdateItem: (aws, { TableName, Key, UpdateExpression, ConditionExpression, ExpressionAttributeValues }) => {
    const rows = table(aws, TableName);
    const before = rows.get(Key.id.S);
    check(before, ConditionExpression, ExpressionAttributeValues);
    const set = /^SET (.+)$/.exec(UpdateExpression)![1]!.split(', ').map((one) => one.split(' = '));
    const after = { ...Key, ...before, ...Object.fromEntries(set.map(([name, value]) => [name, ExpressionAttributeValues[value!]])) };
    put(rows, after);
    return { Attributes: after };
  },
  BatchWriteItem: (aws, { RequestItems }) => {
    const UnprocessedItems = Object.fromEntries(Object.entries(RequestItems as Record<string, any[]>).map(([name, requests]) => {
      if (requests.length > 25) throw awsError('ValidationException', 'Too many items requested for the BatchWriteItem call');
      const rows = table(aws, name);
      const later = requests.splice(requests.length - Math.min(requests.length, rows.unprocessed));
      rows.unprocessed = 0;
      for (const { PutRequest, DeleteRequest } of requests) {
        if (PutRequest) put(rows, PutRequest.Item);
        else rows.delete(DeleteRequest.Key.id.S);
      }
      return [name, later] as const;
    }).filter(([, later]) => later.length > 0));
    return { UnprocessedItems };
  },
  Scan: (aws, { TableName, ExclusiveStartKey }) => {
    const all = [...table(aws, TableName)];
    const from = ExclusiveStartKey === undefined ? 0 : all.findIndex(([id]) => id === ExclusiveStartKey.id.S) + 1;
    const Items: Item[] = [];
    let bytes = 0;
    for (const [, item] of all.slice(from)) {
      Items.push(item);
      bytes += size(item);
      if (bytes > PAGE_BYTES) break;
    }
    const isLast = from + Items.length >= all.length;
    return { Items, ...!isLast && { LastEvaluatedKey: { id: Items.at(-1)!.id } } };
  },
};

function put(rows: FakeTable, item: Item & { readonly id?: Value }): void {
  if (size(item) > MAXIMUM_ITEM) throw awsError('ValidationException', 'Item size has exceeded the maximum allowed size');
  rows.set((item.id as { readonly S: string }).S, item);
}

function size(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + name.length + Object.values(value as object)[0].length, 0);
}

/** `attribute_not_exists(a)`, `a = :b` and `a <= :b`, with OR between. */
function check(item: Item | undefined, condition: string | undefined, values: Record<string, Value> = {}): void {
  if (condition === undefined) return;
  const holds = condition.split(' OR ').some((part) => {
    const [, missing] = /^attribute_not_exists\((\w+)\)$/.exec(part) ?? [];
    if (missing !== undefined) return item?.[missing] === undefined;
    const [, name, operator, key] = /^(\w+) (=|<=) (:\w+)$/.exec(part) ?? [];
    if (name === undefined || !(key! in values)) throw awsError('ValidationException', `Invalid ConditionExpression: ${part}`);
    const [actual, wanted] = [item?.[name] as any, values[key!] as any];
    if (actual === undefined) return false;
    return operator === '=' ? JSON.stringify(actual) === JSON.stringify(wanted) : Number(actual.N) <= Number(wanted.N);
  });
  if (!holds) throw awsError('ConditionalCheckFailedException', 'The conditional request failed');
}
