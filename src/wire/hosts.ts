/** At least two labels, the last one not a number: this leaves out bare names, IPv6 and, after `URL`, every form of IPv4. */
const HOST_NAME = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Names under which cloud providers serve instance credentials. */
const METADATA_HOST = /^(metadata\.google\.internal|metadata\.goog|metadata\.azure\.(com|internal)|instance-data\..*)$/;

/**
 * A host in the name of a parameter, without the colon before a port. A host that only the deployment knows is a token, whose text stays as
 * it is.
 */
export function hostInName(host: string): string {
  return host.replace(/:(\d+)$/, '_$1');
}

/** Why credentials must not be sent to a host: it is no full DNS name, or it is the metadata service of a cloud. */
export type HostDefect = 'no-dns-name' | 'metadata-service';

/** Judges the `hostname` of a `URL`. The caller decides about `localhost`. */
export function hostDefect(hostname: string): HostDefect | undefined {
  if (!HOST_NAME.test(hostname) || hostname.endsWith('.localhost')) return 'no-dns-name';
  return METADATA_HOST.test(hostname) ? 'metadata-service' : undefined;
}
