import type { LogFields } from './redaction/log';
import { Redactor } from './redaction/redact';

/**
 * The one way out: every call to AWS or to the service goes through it, so that it can be counted, bounded and logged. The host is that of
 * the connector service, where it is called.
 */
export type Outbound = <T>(step: string, call: () => Promise<T>, host?: string) => Promise<T>;

/** What is left of the time for a request. */
export interface Deadline {
  /** Aborted when the time is up. */
  readonly signal: AbortSignal;
  /** Milliseconds until the guard answers FAILED; never below 0. */
  remaining(): number;
}

/** What every invocation works with, whoever makes it. */
export interface Invocation {
  readonly deadline: Deadline;
  readonly outbound: Outbound;
  /** Every secret that a handler reads or makes is handed to it at once. */
  readonly redactor: Redactor;
  /** Who asks next, where the service asks to wait longer than there is time; a deployment unless given. */
  readonly again?: string;
  /** Writes into the log what a person may want to know although nothing has failed, and what it is about. */
  tell(reason: string, about?: Pick<LogFields, 'outcome' | 'roleArn' | 'state'>): void;
}

/** One request of CloudFormation, parsed. */
export interface ResourceRequest<P> extends Invocation {
  readonly requestId: string;
  readonly stackId: string;
  readonly logicalId: string;
  /** Deterministic, computed from the properties. */
  readonly physicalId: string;
  readonly properties: P;
  /** On Create: CloudFormation asks for an update of another resource, which this one replaces. It may be a rollback. */
  readonly replaces?: { readonly previous?: P };
  /** On Delete: not CloudFormation asks for it, a failed request takes back what it has begun, and may be repeated. */
  readonly isUndo?: boolean;
}

export interface ResourceUpdate<P> extends ResourceRequest<P> {
  /** What the resource was deployed with; undefined when a newer library cannot read it. */
  readonly previous?: P;
}

/** Never a secret: attributes can be read by whoever sees the stack. */
export type Attributes = Readonly<Record<string, string>>;

/** A custom resource. The runtime parses, dispatches, answers; this does the work. */
export interface CustomResource<P> {
  /** Throws a {@link DeployError} that names the property, before anything has happened. */
  parse(properties: unknown): P;
  /** Stable for the life of the resource; a change of it replaces the resource. */
  physicalId(properties: P): string;
  create(request: ResourceRequest<P>): Promise<Attributes>;
  /** The physical ID is the same as before; otherwise `create` is called and CloudFormation deletes the old one later. */
  update(request: ResourceUpdate<P>): Promise<Attributes>;
  /**
   * Whether it stands already, and is this resource's. Asked before `create` replaces another one: a rollback comes back to
   * what it was before, and if it fails, that must not be taken for something which the attempt has begun.
   */
  stands?(request: ResourceRequest<P>): Promise<boolean>;
  /** Of something gone already: succeeds. */
  delete(request: ResourceRequest<P>): Promise<void>;
  /**
   * Takes back what a request has begun, or begins yet: CloudFormation has had no answer to it and given it up, while it may still be
   * at work somewhere else. Called for a Create, by a Delete with an ID of CloudFormation's own (`delete` where there is no `giveUp`), and
   * for an update that was to replace another resource, by its rollback, which tells no failure of this.
   */
  giveUp?(request: ResourceRequest<P>): Promise<void>;
}
