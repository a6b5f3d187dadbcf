import { Annotations, Duration, Token } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { IConstruct } from 'constructs';
import { shown } from '../../private/checks';
import { AccountType } from '../../service/account-type';
import { QualysPlatform } from '../../service/qualys-platform';

/** The values in the vendor's console and tools, in minutes. */
const LISTED = [60, 120, 180, 240, 360, 480, 720, 1440];

/** The time between two runs in minutes, as CloudFormation takes it. */
export function pollingMinutes(interval: Duration): string {
  if (interval.isUnresolved()) throw new Error('pollingInterval must be known at synth, got a token: use Duration.hours() or Duration.minutes() with a number');

  const minutes = interval.toMinutes({ integral: false });
  if (!Number.isInteger(minutes) || minutes < 60 || minutes > 1440) throw new Error(`pollingInterval must be from 1 to 24 hours in whole minutes, got ${Number(minutes.toFixed(3))} minutes: use Duration.hours() with 1 to 24`);

  return String(minutes);
}

export function warnOfUnlistedPolling(scope: IConstruct, interval: Duration): void {
  const minutes = Number(pollingMinutes(interval));
  if (LISTED.includes(minutes)) return;
  Annotations.of(scope).addWarningV2('cdk-qualys-connectors:pollingNotListed',
    `pollingInterval is ${minutes} minutes, which the vendor does not list: it lists ${LISTED.map((one) => one / 60).join(', ')} hours, and what the service does with others is not known`);
}

/** The codes, each once and sorted, so that another order in the code is no change. Throws for a region of another partition. */
export function regionCodes(regions: string[], { name, partition }: AccountType): string[] {
  if (regions.length === 0) throw new Error('regions must name a region, got none: leave it out for all regions');
  const known = RegionInfo.regions.filter((region) => region.partition === partition).map((region) => region.name);
  for (const region of regions) {
    if (Token.isUnresolved(region) || known.includes(region)) continue;
    const other = RegionInfo.regions.find((info) => info.name === region)?.partition;
    throw new Error(`regions must be regions of partition ${partition} (accountType ${name}), as ${known.slice(0, 3).join(', ')}, got ${shown(region)}, `
      + (other === undefined ? 'which this version of aws-cdk-lib does not know' : `which is in partition ${other}`));
  }
  return [...new Set(regions)].sort();
}

/** Only CloudView's API is documented to write connectors for China, and it has fewer settings. */
export function checkChina({ platformUrl, gateway }: QualysPlatform, props: object): void {
  const given = ['modules', 'activationModules', 'regions', 'defaultTags', 'perimeterScan'].filter((name) => (props as Record<string, unknown>)[name] !== undefined);
  if (given.length > 0) {
    throw new Error(`${given.join(', ')} must be left out for accountType CHINA: only the CloudView v1 API can write such a connector, `
      + 'and it does not take them');
  }
  if (platformUrl === undefined && gateway === undefined) {
    throw new Error('platformUrl or gateway of QualysPlatform.custom() must be set for accountType CHINA: '
      + 'only the CloudView v1 API can write such a connector');
  }
}
