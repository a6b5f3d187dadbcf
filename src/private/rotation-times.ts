import { Duration } from 'aws-cdk-lib';

/** When the key is replaced, and when the replaced one is retired. */
export interface RotationTimes {
  readonly interval: Duration;
  /** The interval in Secrets Manager's words: `rate(90 days)`. */
  readonly scheduleExpression: string;
  readonly retireAfterSeconds: number;
}
