import { Stack, Token } from 'aws-cdk-lib';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { IConstruct } from 'constructs';

/** The region of the stack, if it is known at synth. */
export function knownRegion(scope: IConstruct): string | undefined {
  const { region } = Stack.of(scope);
  return Token.isUnresolved(region) ? undefined : region;
}

/** The partition of the stack, if its region is known at synth. */
export function knownPartition(scope: IConstruct): string | undefined {
  const region = knownRegion(scope);
  return region === undefined ? undefined : RegionInfo.get(region).partition;
}

/** Throws when a secret is known to be in another partition than the stack of `scope`, where nothing can read it. */
export function checkSecretPartition(scope: IConstruct, secret: ISecret): void {
  const here = knownPartition(scope);
  const { region } = secret.env;
  const there = Token.isUnresolved(region) ? undefined : RegionInfo.get(region).partition;
  if (here !== undefined && there !== undefined && here !== there) {
    throw new Error(`the secret ${secret.node.path} is in region ${region} (partition ${there}), but ${scope.node.path} reads it in region ${knownRegion(scope)} (partition ${here}), `
      + 'and no partition reads another one\'s secrets: give it a ConnectorService with a secret of its own partition');
  }
}
