import { OWNER_MARK } from '../../src/wire/connector';

/** Whose a connector is: the resource of a stack. */
export interface Owner {
  readonly stackId: string;
  readonly logicalId: string;
}

/** Made by this library, or there before it came. Only what was made is ever deleted; a new owner changes nothing about that. */
export type Origin = 'created' | 'adopted';

export interface Ownership extends Owner {
  readonly origin: Origin;
}

/** The service has no field for tags of one's own, so the owner stands at the end of the description. */
const MARKER = /\s*\[cdk-qualys-connectors (created|adopted) (\S+) ([A-Za-z0-9]+)\]\s*$/;

/** A description as a person wrote it, and whose the connector is; no ownership for one that this library has not touched. */
export function readDescription(description = ''): { readonly text: string; readonly ownership?: Ownership } {
  const match = MARKER.exec(description);
  if (match === null) return { text: description };
  const [, origin, stackId, logicalId] = match;
  return { text: description.slice(0, match.index), ownership: { origin: origin as Origin, stackId, logicalId } };
}

export function writeDescription(text: string, { origin, stackId, logicalId }: Ownership): string {
  return `${text}${text === '' ? '' : ' '}${OWNER_MARK}${origin} ${stackId} ${logicalId}]`;
}

export function isOwner(ownership: Ownership | undefined, { stackId, logicalId }: Owner): boolean {
  return ownership?.stackId === stackId && ownership.logicalId === logicalId;
}
