/** The resource of a stack that a connector, an entry or a role's trust belongs to. */
export interface Owner {
  readonly stackId: string;
  readonly logicalId: string;
}

export function isOwner(owned: Owner | undefined, { stackId, logicalId }: Owner): boolean {
  return owned?.stackId === stackId && owned.logicalId === logicalId;
}

/** Names a resource of a stack in a message. */
export function ownerName({ stackId, logicalId }: Owner): string {
  return `the resource ${logicalId} of the stack ${stackNameOf(stackId)} (${stackId})`;
}

export function stackNameOf(stackId: string): string {
  return stackId.split('/')[1] ?? stackId;
}

/** Whether a record or note of this library, as JSON, belongs to a resource of the same stack. */
export function isOfStack(written: string, { stackId }: Owner): boolean {
  try {
    return (JSON.parse(written) as { readonly owner?: Owner } | null)?.owner?.stackId === stackId;
  } catch {
    return false;
  }
}
