/** Names a resource of a stack in a message. */
export function ownerName({ stackId, logicalId }: { readonly stackId: string; readonly logicalId: string }): string {
  return `the resource ${logicalId} of the stack ${stackId.split('/')[1] ?? stackId} (${stackId})`;
}
