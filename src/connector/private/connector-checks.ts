import { Duration, Token, Tokenization } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { shown } from '../../private/checks';
import { AccountType } from '../../service/account-type';
import { QualysPlatform } from '../../service/qualys-platform';

/** The time between two runs in minutes, as CloudFormation takes it. */
export function pollingMinutes(polling: Duration): string {
  if (!polling.isUnresolved()) {
    const minutes = polling.toMinutes({ integral: false });
    if (!Number.isInteger(minutes) || minutes < 60 || minutes > 1440) {
      throw new Error('polling must be whole minutes from 1 to 24 hours, '
        + `got ${Number(minutes.toFixed(3))} minutes`);
    }
  } else if (!/^minutes?$/.test(polling.unitLabel())) {
    throw new Error(`polling must be in minutes when it is a token, got one in ${polling.unitLabel()}: use Duration.minutes()`);
  }
  return Tokenization.stringifyNumber(polling.toMinutes());
}

/** The codes, each once and sorted, so that another order in the code is no change. Throws for one that the accounts do not have. */
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

/** Only CloudView's API is documented to write connectors for China, and it knows less of them. */
export function checkChina({ platformUrl, gateway }: QualysPlatform, props: object): void {
  const given = ['modules', 'activation', 'regions'].filter((name) => (props as Record<string, unknown>)[name] !== undefined);
  if (given.length > 0) {
    throw new Error(`${given.join(', ')} must be left out for accountType CHINA: only the CloudView v1 API can write such a connector, `
      + 'and it does not take them');
  }
  if (platformUrl === undefined && gateway === undefined) {
    throw new Error('platformUrl or gateway of QualysPlatform.custom() must be set for accountType CHINA: '
      + 'only the CloudView v1 API can write such a connector');
  }
}
