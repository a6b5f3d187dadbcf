import { Stack, Token } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { IConstruct } from 'constructs';

/** The region of the stack where it is known at synth. */
export function knownRegion(scope: IConstruct): string | undefined {
  const { region } = Stack.of(scope);
  return Token.isUnresolved(region) ? undefined : region;
}

/** The partition of the stack where its region is known at synth. */
export function knownPartition(scope: IConstruct): string | undefined {
  const region = knownRegion(scope);
  return region === undefined ? undefined : RegionInfo.get(region).partition;
}
