import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { QualysPlatform } from '../../../../src/service/qualys-platform';
import type { ConnectorServiceStandIn } from '../../../support/connector-service';

const KINDS = ['apiServer', 'gateway', 'platformUrl'] as const;

/** The hosts of one platform, as an app names them: URLs without a path. */
export type Platform = Readonly<Partial<Record<(typeof KINDS)[number], string>>>;

/** The platforms that the library knows by name. */
const KNOWN: readonly Platform[] = Object.values(QualysPlatform).filter((value) => value instanceof QualysPlatform);

/** Lets functions that call the vendor's own hosts reach the stand-in, so that an app is deployed as it is written. */
export class VendorHosts {
  /** The environment of the functions. */
  public readonly env: Readonly<Record<string, string>>;
  private readonly file: string;

  /** @param folder takes the file by which the functions know */
  public constructor(folder: string) {
    this.file = join(folder, 'vendor-hosts.json');
    writeFileSync(this.file, '{}');
    this.env = { NODE_OPTIONS: `--require=${join(__dirname, 'lead-to-stand-in.cjs')}`, VENDOR_HOSTS: this.file };
  }

  /** The names that the stand-in's certificate needs. */
  public names(further: readonly Platform[] = []): string[] {
    return ['localhost', '127.0.0.1', ...Object.keys(portsOf([...KNOWN, ...further], () => 0))];
  }

  /** From now on calls of these hosts go to the stand-in. */
  public lead(service: ConnectorServiceStandIn, further: readonly Platform[] = []): void {
    writeFileSync(this.file, JSON.stringify(portsOf([...KNOWN, ...further], (kind) => Number(new URL(service[kind]).port))));
  }
}

function portsOf(platforms: readonly Platform[], port: (kind: (typeof KINDS)[number]) => number): Record<string, number> {
  return Object.fromEntries(platforms.flatMap((platform) => KINDS
    .filter((kind) => platform[kind] !== undefined)
    .map((kind) => [new URL(platform[kind]!).hostname, port(kind)])));
}
