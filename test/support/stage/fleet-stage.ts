import { FleetApp, fleetApp, PREFIX, ROLE_NAME, SET, UNIT } from './apps/fleet';
import { Stage, StageOptions } from './stage';
import { CONFIRM_EVENT } from '../../../src/wire/common';
import { FLEET_METRICS, FLEET_RESOURCE_TYPE, FLEET_RUN_EVENT } from '../../../src/wire/fleet';
import type { Connector } from '../connector-service';
import { liveConnectors } from './connector-stage';
import type { FakeTable } from '../fake-aws/dynamodb';
import { FakeStackSet } from '../fake-aws/organization/stack-sets';
import type { Ended } from '../lambda/function';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** The account of this number, from 1: with leading zeros. */
export function account(number: number): string {
  return String(number).padStart(12, '0');
}

export function accounts(count: number, from = 1): string[] {
  return Array.from({ length: count }, (_, index) => account(from + index));
}

/** A stack with a fleet, the organization and the stack set that it connects, and the service that it does so at. */
export class FleetStage extends Stage<FleetApp> {
  public readonly set: FakeStackSet;
  /** Of the last run. */
  public metrics: Readonly<Record<string, number>> = {};

  public constructor(options: StageOptions = {}) {
    super(fleetApp, options);
    const { aws } = this.world;
    this.set = aws.stackSets.get(SET) ?? new FakeStackSet(SET, aws.region, aws.partition);
    aws.stackSets.set(SET, this.set);
  }

  /** Accounts that join the organization, and get their roles. */
  public join(...accountIds: string[]): void {
    accountIds.forEach((accountId) => this.world.aws.organization.join(accountId, undefined, UNIT));
    this.set.deploy(accountIds);
  }

  /** They leave the unit: the stack set takes their roles away. */
  public leave(...accountIds: string[]): void {
    const id = this.set.begin([]);
    for (const accountId of accountIds) {
      this.set.instances.delete(accountId);
      this.world.aws.organization.leave(accountId);
    }
    this.set.end(id);
  }

  /** One run as the schedule makes it, and what it has written of metrics. */
  public async run(): Promise<Ended> {
    const { log } = this.world;
    const before = log.length;
    const ended = await this.functionFor(FLEET_RESOURCE_TYPE).invoke(FLEET_RUN_EVENT);
    const line = log.slice(before).filter((one) => one.includes('"_aws"')).at(-1);
    if (line) this.metrics = Object.fromEntries(Object.values(FLEET_METRICS).map((name) => [name, JSON.parse(line)[name] as number]));
    return ended;
  }

  /** Runs for so long: five minutes apart, or half an hour where it is for long. */
  public async runFor(milliseconds: number, every = milliseconds > 10 * HOUR ? 30 * MINUTE : 5 * MINUTE): Promise<void> {
    const { time } = this.world;
    for (const end = time.now() + milliseconds; time.now() < end;) {
      const next = time.now() + every;
      await this.run();
      if (time.now() < next) time.advance(next - time.now());
    }
  }

  /** What a person is told who asks. */
  public async confirm(): Promise<string[]> {
    let answer: unknown;
    await this.functionFor(FLEET_RESOURCE_TYPE).invoke(CONFIRM_EVENT, (said) => { answer = said; });
    return answer as string[];
  }

  public get table(): FakeTable {
    const { physicalId } = [...this.stack.resources.values()].find(({ template }) => template.type === 'AWS::DynamoDB::Table')!;
    return this.world.aws.tables.get(physicalId)!;
  }

  public row(accountId: string): any {
    return this.table.json(`account#${accountId}`);
  }

  /** Every connector that is not deleted. */
  public get live(): Connector[] {
    return liveConnectors(this.world);
  }

  /** Accounts that have connectors, enabled ones, in order. */
  public get connected(): string[] {
    return this.live.filter(({ settings: { disabled } }) => !disabled).map(({ settings: { arn } }) => arn!.split(':')[4]!).sort();
  }

  public get service() {
    return this.world.service;
  }

  /** The lines of the log that a person may want to read. */
  public get lines(): string[] {
    return this.world.log.filter((line) => line.includes('"outcome":"told"')).map((line) => JSON.parse(line).reason as string);
  }
}

export const roleArn = (accountId: string, name = ROLE_NAME) => `arn:aws:iam::${accountId}:role/${name}`;
export const externalId = (accountId: string) => `${PREFIX}${accountId}`;
