import type { LogFields } from './redaction/log';
import { Redactor } from './redaction/redact';

/**
 * Makes a call of AWS or of the connector service. Every call goes through it, so every call is counted, limited and logged. The host is given
 * for calls of the connector service.
 */
export type Outbound = <T>(step: string, call: () => Promise<T>, host?: string) => Promise<T>;

/** The remaining time for a request. */
export interface Deadline {
  /** Aborted when the time is up. */
  readonly signal: AbortSignal;
  /** Milliseconds until the guard answers FAILED, never below 0. */
  remaining(): number;
}

/** The subject of a line in the log. */
export type TellFields = Pick<LogFields, 'outcome' | 'roleArn' | 'state'>;

/** What every invocation needs, whoever makes it. */
export interface Invocation {
  readonly deadline: Deadline;
  readonly outbound: Outbound;
  /** A handler gives every secret that it reads or makes to the redactor at once. */
  readonly redactor: Redactor;
  /** Who tries again, for messages, when the service asks for a longer wait than the function has time. By default a deployment. */
  readonly again?: string;
  /** Writes a line for people into the log although nothing has failed, with its subject. */
  tell(reason: string, about?: TellFields): void;
}

/** One request of CloudFormation, parsed. */
export interface ResourceRequest<P> extends Invocation {
  readonly requestId: string;
  readonly stackId: string;
  readonly logicalId: string;
  /** The physical ID, computed from the properties alone. */
  readonly physicalId: string;
  readonly properties: P;
  /** On Create: CloudFormation asked for an update of another resource, which this one replaces. It may be a rollback. */
  readonly replaces?: { readonly previous?: P };
  /** On Delete: CloudFormation did not ask for it. A failed request undoes what it has begun, and may be repeated. */
  readonly isUndo?: boolean;
}

export interface ResourceUpdate<P> extends ResourceRequest<P> {
  /** The previous properties. Undefined when this version cannot read them. */
  readonly previous?: P;
}

/** Attributes never have a secret: everybody who sees the stack can read them. */
export type Attributes = Readonly<Record<string, string>>;

/** A custom resource. The runtime parses, dispatches and answers, and this does the work. */
export interface CustomResource<P> {
  /** Throws a {@link DeployError} that names the property, before anything has happened. */
  parse(properties: unknown): P;
  /** The physical ID. It is stable for the life of the resource, and a change of it replaces the resource. */
  physicalId(properties: P): string;
  create(request: ResourceRequest<P>): Promise<Attributes>;
  /** Called when the physical ID stays the same. Otherwise the runtime calls `create`, and CloudFormation deletes the old resource later. */
  update(request: ResourceUpdate<P>): Promise<Attributes>;
  /**
   * Whether the object exists already and belongs to this resource. The runtime asks before `create` replaces another resource. A rollback
   * returns to an object that existed before; if the rollback fails, that object must not be deleted as part of the attempt.
   */
  stands?(request: ResourceRequest<P>): Promise<boolean>;
  /** Succeeds when the object is gone already. */
  delete(request: ResourceRequest<P>): Promise<void>;
  /**
   * Undoes what a request has begun or may still begin. CloudFormation got no answer to it and has given it up, but it may still run
   * elsewhere. The runtime calls it for a Create when a Delete has an ID of CloudFormation (without `giveUp` it calls `delete`). It also
   * calls it in the rollback of an update that was to replace another resource, and then ignores its failure.
   */
  giveUp?(request: ResourceRequest<P>): Promise<void>;
}
