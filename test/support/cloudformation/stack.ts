import { isDeepStrictEqual } from 'node:util';
import { References, resolve } from './intrinsics';
import { native } from './native';
import { inOrder, ResourceFailed } from './order';
import { CustomRequest, Outcome, Requests } from './requests';
import { Policy, Properties, ResourceTemplate, Template } from './template';
import type { ResourceSummary } from '../fake-aws/cloudformation';

export type StackStatus =
  | 'NONE' | 'IN_PROGRESS' | 'CREATE_COMPLETE' | 'ROLLBACK_COMPLETE' | 'ROLLBACK_FAILED' | 'UPDATE_COMPLETE' | 'UPDATE_ROLLBACK_COMPLETE'
  | 'UPDATE_ROLLBACK_FAILED' | 'DELETE_COMPLETE' | 'DELETE_FAILED';

/** A resource as CloudFormation remembers it. */
export interface Deployed {
  readonly template: ResourceTemplate;
  readonly physicalId: string;
  readonly properties: Properties;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What a deployment has done to a resource so far, and what it was before. */
interface Change {
  readonly before?: Deployed;
  readonly after: Deployed;
}

interface Leftover { readonly id: string; readonly resource: Deployed; readonly policy?: Policy }

/**
 * One stack, as CloudFormation deploys it: resources in the order of their dependencies and side by side, cleanup after a
 * success, rollback after a failure with old and new properties swapped. When one resource fails, others that are under way
 * are given up at once: a Create gets an invented ID and its Delete while the function may still be at work; call
 * `requests.settled()` to wait for what goes on behind CloudFormation's back.
 */
export class Stack {
  public readonly stackId: string;
  public status: StackStatus = 'NONE';
  public readonly resources = new Map<string, Deployed>();
  /** `<logical ID> <what>: <reason>`, oldest first. */
  public readonly events: string[] = [];
  /** What CloudFormation lists instead, where a test says so. */
  public listedAs?: (all: readonly ResourceSummary[]) => readonly ResourceSummary[];
  private readonly changes = new Map<string, Change>();
  private readonly pending = new Set<string>();
  /** Their deletion has begun, and may have failed. */
  private readonly deleting = new Set<string>();
  private leftovers: Leftover[] = [];
  private count = 0;

  public constructor(private readonly requests: Requests, public readonly name = 'CentralSecurity', suffix = '0f0e0d0c-1111-2222-3333-444455556666') {
    const { partition, region, accountId, stacks } = requests.world.aws;
    this.stackId = `arn:${partition}:cloudformation:${region}:${accountId}:stack/${name}/${suffix}`;
    stacks.set(this.stackId, this);
  }

  /** As `DescribeStackResource` tells it: what a cleanup could not delete is no resource of the stack any more. */
  public statusOf(logicalId: string): string | undefined {
    if (!this.resources.has(logicalId)) return undefined;
    return this.deleting.has(logicalId) ? 'DELETE_IN_PROGRESS' : 'CREATE_COMPLETE';
  }

  /** As `ListStackResources` tells it. */
  public list(): readonly ResourceSummary[] {
    const status = (id: string) => (this.pending.has(id) ? 'UPDATE_IN_PROGRESS' : this.statusOf(id)!);
    const all = [...this.resources].map(([id, { physicalId, template: { type } }]) => ({
      LogicalResourceId: id, PhysicalResourceId: physicalId, ResourceType: type, ResourceStatus: status(id),
    }));
    return this.listedAs?.(all) ?? all;
  }

  public attribute(logicalId: string, name: string): string {
    const { template, attributes } = this.resource(logicalId);
    // Of what is not modelled any value will do.
    const value = attributes[name] ?? (template.native ? `${logicalId}/${name}` : undefined);
    if (value === undefined) throw new Error(`the resource ${logicalId} has no attribute ${name}`);
    return value;
  }

  /** Properties as they are once everything else stands. */
  public resolve({ properties = {} }: ResourceTemplate): Properties {
    return resolve(properties, this.references);
  }

  /** What CloudFormation makes by itself, brought to this template and no further: custom resources are left as they are. */
  public async prepare(template: Template): Promise<void> {
    const own = Object.keys(template).filter((id) => template[id]!.native);
    const { failed } = await inOrder(own, (id) => template[id]!.dependsOn, (id) => this.bring(id, template[id]!));
    if (failed) throw new Error(this.events.at(-1));
  }

  /** Creates or updates; answers how it ended. */
  public async deploy(template: Template): Promise<StackStatus> {
    if (/FAILED|ROLLBACK_COMPLETE|IN_PROGRESS/.test(this.status) && this.status !== 'UPDATE_ROLLBACK_COMPLETE') throw new Error(`a stack in ${this.status} cannot be deployed`);

    const isCreate = this.status === 'NONE' || this.status === 'DELETE_COMPLETE';
    this.status = 'IN_PROGRESS';
    this.changes.clear();
    this.leftovers = [];
    const { failed, underWay } = await inOrder(Object.keys(template), (id) => template[id]!.dependsOn, (id) => this.bring(id, template[id]!));
    if (failed) {
      underWay.forEach((id) => this.giveUp(id));
      return isCreate ? this.undoCreate() : this.rollBack();
    }
    for (const [id, resource] of [...this.resources]) {
      if (!template[id]) {
        this.resources.delete(id);
        this.leftovers.push({ id, resource });
      }
    }
    await this.cleanUp(); // what fails here is reported and left behind
    return this.end(isCreate ? 'CREATE_COMPLETE' : 'UPDATE_COMPLETE');
  }

  /** Deletes what may be deleted, in the reverse order; `retain` as for a stack whose deletion has failed. */
  public async delete({ retain = [] as readonly string[] } = {}): Promise<StackStatus> {
    retain.forEach((id) => this.resources.delete(id));
    const failed = await this.remove([...this.resources].map(([id, resource]) => ({ id, resource })));
    this.leftovers = [];
    return this.end(failed ? 'DELETE_FAILED' : 'DELETE_COMPLETE');
  }

  /** After a failed rollback: tries again; what is skipped counts as rolled back, whatever it is in truth. */
  public async continueUpdateRollback({ skip = [] as readonly string[] } = {}): Promise<StackStatus> {
    if (this.status !== 'UPDATE_ROLLBACK_FAILED') throw new Error(`nothing to continue in ${this.status}`);
    for (const id of skip) {
      const before = this.changes.get(id)?.before;
      if (before) this.resources.set(id, { ...before, physicalId: this.resources.get(id)?.physicalId ?? before.physicalId });
      this.changes.delete(id);
    }
    return this.rollBack();
  }

  private get references(): References {
    const { partition, region, accountId } = this.requests.world.aws;
    const pseudo: Readonly<Record<string, string>> = {
      'AWS::Partition': partition, 'AWS::Region': region, 'AWS::AccountId': accountId, 'AWS::StackId': this.stackId, 'AWS::StackName': this.name,
    };
    return { ref: (name) => pseudo[name] ?? this.resource(name).physicalId, attribute: (id, name) => this.attribute(id, name) };
  }

  private resource(logicalId: string): Deployed {
    const found = this.resources.get(logicalId);
    if (!found) throw new Error(`the stack ${this.name} has no resource ${logicalId}`);
    return found;
  }

  private async bring(id: string, template: ResourceTemplate): Promise<void> {
    const before = this.resources.get(id);
    const properties = this.resolve(template);
    if (before && isDeepStrictEqual(before.properties, properties)) {
      this.resources.set(id, { ...before, template });
      return;
    }
    const planned: Deployed = { template, properties, physicalId: before?.physicalId ?? this.inventedId(id), attributes: {} };
    this.changes.set(id, { before, after: planned });
    this.pending.add(id);
    const outcome = await this.ask(id, before ? 'Update' : 'Create', planned, before);
    // Given up meanwhile: whatever is answered now, nobody listens.
    if (!this.pending.delete(id)) return;
    const after = { ...planned, physicalId: outcome.physicalId ?? planned.physicalId, attributes: outcome.data };
    this.changes.set(id, { before, after });
    this.resources.set(id, outcome.succeeded || !before ? after : { ...before, physicalId: after.physicalId });
    if (!outcome.succeeded) throw new ResourceFailed(outcome.reason);
    if (before && before.physicalId !== after.physicalId) this.leftovers.push({ id, resource: before, policy: template.updateReplacePolicy });
  }

  /** `Resource creation cancelled`: no answer is waited for any more. */
  private giveUp(id: string): void {
    this.pending.delete(id);
    const { before, after } = this.changes.get(id)!;
    if (!before) this.resources.set(id, after);
    this.events.push(`${id} ${before ? 'UPDATE' : 'CREATE'}_FAILED: Resource ${before ? 'update' : 'creation'} cancelled`);
  }

  private async undoCreate(): Promise<StackStatus> {
    const made = [...this.resources].map(([id, resource]) => ({ id, resource }));
    const failed = await this.remove(made, true);
    return this.end(failed ? 'ROLLBACK_FAILED' : 'ROLLBACK_COMPLETE');
  }

  private async rollBack(): Promise<StackStatus> {
    const changed = [...this.changes].filter(([, { before }]) => before);
    const order = changed.map(([id]) => id);
    const { failed } = await inOrder(order, (id) => this.changes.get(id)!.before!.template.dependsOn, async (id) => {
      const { before, after } = this.changes.get(id)!;
      const current = this.resources.get(id)!.physicalId;
      const outcome = await this.ask(id, 'Update', before!, { ...after, physicalId: current });
      if (!outcome.succeeded) throw new ResourceFailed(outcome.reason);
      const physicalId = outcome.physicalId ?? current;
      this.resources.set(id, { ...before!, physicalId, attributes: { ...before!.attributes, ...outcome.data } });
      this.changes.delete(id);
      // Not cleaned up after all: it is back in use.
      this.leftovers = this.leftovers.filter((leftover) => leftover.id !== id || leftover.resource.physicalId !== physicalId);
      if (physicalId !== current) this.leftovers.push({ id, resource: { ...after, physicalId: current } });
    });
    if (failed) return this.end('UPDATE_ROLLBACK_FAILED');
    for (const [id] of this.changes) {
      this.leftovers.push({ id, resource: this.resources.get(id)!, policy: 'Delete' });
      this.resources.delete(id);
    }
    this.changes.clear();
    await this.cleanUp();
    return this.end('UPDATE_ROLLBACK_COMPLETE');
  }

  private async cleanUp(): Promise<void> {
    await this.remove(this.leftovers, false, true);
    this.leftovers = [];
  }

  /** In the reverse order of creation. What cannot be deleted keeps what it needs. */
  private async remove(leftovers: readonly Leftover[], undoesCreate = false, cleanup = false): Promise<boolean> {
    const kept = new Set<string>();
    const key = ({ id, resource }: Leftover) => `${id} ${resource.physicalId}`;
    const ids = leftovers.map(key);
    const of = new Map(leftovers.map((leftover) => [key(leftover), leftover]));
    const dependants = (one: string) => ids.filter((other) => other !== one && of.get(other)!.resource.template.dependsOn?.includes(of.get(one)!.id));
    await inOrder(ids, dependants, async (one) => {
      const { id, resource, policy = resource.template.deletionPolicy ?? 'Delete' } = of.get(one)!;
      const retained = policy === 'Retain' || (policy === 'RetainExceptOnCreate' && !undoesCreate);
      const blocked = !cleanup && dependants(one).some((other) => kept.has(other));
      if (!blocked && !cleanup) this.deleting.add(id);
      if (blocked || (!retained && !(await this.ask(id, 'Delete', resource)).succeeded)) kept.add(one);
      else if (!cleanup) this.resources.delete(id);
    });
    return kept.size > 0;
  }

  private async ask(id: string, requestType: CustomRequest['requestType'], target: Deployed, previous?: Deployed): Promise<Outcome> {
    const { template, properties } = target;
    const outcome = template.native
      ? await native(template.native, requestType, properties, (previous ?? target).physicalId)
      : await this.requests.send({
        requestType,
        resourceType: template.type,
        stackId: this.stackId,
        logicalId: id,
        physicalId: requestType === 'Create' ? undefined : (previous ?? target).physicalId,
        properties,
        oldProperties: requestType === 'Update' ? previous!.properties : undefined,
        deliver: template.deliver!,
      });
    if (template.deliver || !outcome.succeeded) this.events.push(`${id} ${requestType.toUpperCase()}_${outcome.succeeded ? 'COMPLETE' : 'FAILED'}${outcome.reason && `: ${outcome.reason}`}`);
    return outcome;
  }

  /** As CloudFormation invents it for a resource that has not answered. */
  private inventedId(logicalId: string): string {
    return `${this.name}-${logicalId}-${`1B2C3D4E5F6G${(this.count++).toString(36).toUpperCase()}`.slice(-12)}`;
  }

  private end(status: StackStatus): StackStatus {
    this.status = status;
    return status;
  }
}
