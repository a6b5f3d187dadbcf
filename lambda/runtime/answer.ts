import { cut, oneLine } from './redaction/line';
import { Attributes } from './resource';

/** The limit of CloudFormation for the whole answer, in bytes. */
export const MAXIMUM_ANSWER_BYTES = 4096;

/** The limit of CloudFormation for a physical ID, in bytes. */
export const MAXIMUM_PHYSICAL_ID_BYTES = 1024;

/** The fields that an answer copies from its request. */
export interface RequestIdentity {
  readonly stackId: string;
  readonly requestId: string;
  readonly logicalId: string;
}

export interface Answer {
  readonly status: 'SUCCESS' | 'FAILED';
  readonly physicalId: string;
  /** The message, already redacted; empty after a success. */
  readonly reason: string;
  /** Where to read more. It stays when the reason has to be cut. */
  readonly where: string;
  readonly data?: Attributes;
}

/** The bytes of the answer, never more than {@link MAXIMUM_ANSWER_BYTES}. */
export function answerBody(identity: RequestIdentity, answer: Answer): Uint8Array {
  const room = MAXIMUM_ANSWER_BYTES - bytes(render(identity, answer, ''));
  if (room < 0) {
    const reason = 'the attributes of the resource are too long for an answer to CloudFormation';
    return answerBody(identity, { status: 'FAILED', physicalId: answer.physicalId, reason, where: answer.where });
  }
  return new TextEncoder().encode(render(identity, answer, reasonWithin(room, answer)));
}

/** Bytes of a text in JSON. Quotes, backslashes and the like take more than one. */
export function jsonBytes(text: string): number {
  return bytes(JSON.stringify(text)) - 2;
}

function reasonWithin(room: number, answer: Answer): string {
  const reason = oneLine(answer.reason);
  if (reason === '') return '';
  const suffix = ` (${oneLine(answer.where)})`;
  const left = room - jsonBytes(suffix);
  // The place to read more is kept only if most of the reason stays.
  return left >= room / 2 ? cut(reason, left, jsonBytes) + suffix : cut(reason, room, jsonBytes);
}

function render(identity: RequestIdentity, answer: Answer, reason: string): string {
  return JSON.stringify({
    Status: answer.status,
    Reason: reason,
    PhysicalResourceId: answer.physicalId,
    StackId: identity.stackId,
    RequestId: identity.requestId,
    LogicalResourceId: identity.logicalId,
    NoEcho: true,
    Data: answer.data,
  });
}

function bytes(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
