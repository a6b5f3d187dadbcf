import {
  AttributeValue, BatchWriteItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand, ScanCommand, UpdateItemCommand, WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { fleetItem, parseRow, parseState, readItem } from './items';
import { isNamed } from '../../runtime/calls/aws-errors';
import { DeployError } from '../../runtime/errors';
import { Outbound } from '../../runtime/resource';
import { Clock } from '../../runtime/world';
import { FleetTable, LeaseLost, Row, RunState } from '../ports';

const WISH = 'fleet';
const RUN = 'run';
const ACCOUNT = 'account#';

/** The most writes that DynamoDB takes in a batch. */
const BATCH = 25;
const MAXIMUM_ATTEMPTS = 8;

type Item = Record<string, AttributeValue>;

/** The table in DynamoDB. */
export function dynamoTable(TableName: string, outbound: Outbound, clock: Clock): FleetTable {
  const client = new DynamoDBClient({});
  const read = async (id: string): Promise<Item | undefined> => (
    await outbound('dynamodb:GetItem', () => client.send(new GetItemCommand({ TableName, Key: { id: { S: id } }, ConsistentRead: true })))).Item;
  const put = async (Item: Item, ConditionExpression?: string, ExpressionAttributeValues?: Item): Promise<void> => {
    await unlessLost(outbound('dynamodb:PutItem', () => client.send(new PutItemCommand({ TableName, Item, ConditionExpression, ExpressionAttributeValues }))));
  };
  const writeState = async (holder: string, state: RunState, isLast: boolean): Promise<void> => {
    const lease = { holder: { S: holder }, ...!isLast && { leaseUntil: { N: String(leases.get(holder) ?? 0) } } };
    await put({ ...fleetItem(RUN, state), ...lease }, 'holder = :holder', { ':holder': { S: holder } });
  };
  const leases = new Map<string, number>();
  return {
    wish: async () => {
      const item = await read(WISH);
      return item && readItem(item) as Awaited<ReturnType<FleetTable['wish']>>;
    },
    writeWish: async (wish) => put(fleetItem(WISH, wish)),
    take: async (holder, now, until) => {
      const update = new UpdateItemCommand({
        TableName,
        Key: { id: { S: RUN } },
        UpdateExpression: 'SET holder = :holder, leaseUntil = :until',
        ConditionExpression: 'attribute_not_exists(leaseUntil) OR leaseUntil <= :now',
        ExpressionAttributeValues: { ':holder': { S: holder }, ':until': { N: String(until) }, ':now': { N: String(now) } },
        ReturnValues: 'ALL_NEW',
      });
      try {
        const { Attributes = {} } = await unlessLost(outbound('dynamodb:UpdateItem', () => client.send(update)));
        leases.set(holder, until);
        return parseState(Attributes);
      } catch (error) {
        if (error instanceof LeaseLost) return undefined;
        throw error;
      }
    },
    write: async (holder, state) => writeState(holder, state, false),
    release: async (holder, state) => writeState(holder, state, true),
    state: async () => {
      const item = await read(RUN);
      return item && parseState(item);
    },
    rows: async () => {
      const rows: Row[] = [];
      let ExclusiveStartKey: Item | undefined;
      do {
        const page = new ScanCommand({ TableName, ExclusiveStartKey, ConsistentRead: true });
        const { Items = [], LastEvaluatedKey } = await outbound('dynamodb:Scan', () => client.send(page));
        rows.push(...Items.filter(({ id }) => id?.S?.startsWith(ACCOUNT)).map(parseRow));
        ExclusiveStartKey = LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
      return rows;
    },
    writeAll: async (rows, removed) => {
      const requests: WriteRequest[] = [
        ...rows.map((row) => ({ PutRequest: { Item: rowItem({ ...row, version: row.version + 1 }) } })),
        ...removed.map(({ accountId }) => ({ DeleteRequest: { Key: { id: { S: ACCOUNT + accountId } } } })),
      ];
      for (let at = 0; at < requests.length; at += BATCH) await writeBatch(requests.slice(at, at + BATCH));
    },
    writeOne: async (row) => {
      const written = { ...row, version: row.version + 1 };
      const [condition, values] = row.version === 0 ? ['attribute_not_exists(id)', undefined] : ['version = :version', { ':version': { N: String(row.version) } }];
      await put(rowItem(written), condition, values);
      return written;
    },
  };

  /** Writes a batch. It repeats the writes that DynamoDB did not process, with growing waits. */
  async function writeBatch(requests: WriteRequest[]): Promise<void> {
    let left = requests;
    for (let attempt = 1; left.length > 0; attempt++) {
      const batch = new BatchWriteItemCommand({ RequestItems: { [TableName]: left } });
      const { UnprocessedItems = {} } = await outbound('dynamodb:BatchWriteItem', () => client.send(batch));
      left = UnprocessedItems[TableName] ?? [];
      if (left.length === 0) return;
      if (attempt === MAXIMUM_ATTEMPTS) throw new DeployError(`DynamoDB did not process ${left.length} writes to the table ${TableName}, ${attempt} times in a row: the next run writes them`);
      await clock.sleep(Math.min(8_000, 100 * 2 ** attempt));
    }
  }
}

function rowItem(row: Row): Item {
  return { ...fleetItem(ACCOUNT + row.accountId, row), version: { N: String(row.version) } };
}

async function unlessLost<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isNamed(error, 'ConditionalCheckFailedException')) throw new LeaseLost();
    throw error;
  }
}
