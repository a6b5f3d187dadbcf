import { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';

/** A warning as `cdk synth` shows it. */
export interface Warning {
  /** Path of the construct that it is on. */
  readonly construct: string;
  /** What it is acknowledged by, e.g. `cdk-qualys-connectors:guessableExternalId`. */
  readonly id?: string;
  readonly text: string;
}

/** All warnings of a stack, those of AWS CDK too. */
export function warningsOf(stack: Stack): Warning[] {
  return Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ id, entry }) => {
    const [, text = '', acknowledged] = /^(.*?)(?: \[ack: ([^\]]+)\])?$/s.exec(String(entry.data))!;
    return { construct: id.replace(/^\//, ''), ...acknowledged === undefined ? {} : { id: acknowledged }, text };
  });
}

/** By their IDs alone, without what stands before the colon. */
export function warningIds(stack: Stack): string[] {
  return warningsOf(stack).map(({ id = '', text }) => id.split(':')[1] ?? text);
}
