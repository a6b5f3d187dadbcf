import type { ServiceProperties } from '../../../src/wire/common';

/** A host of a service that does not belong to its API server, if any: the hosts of a platform differ in their first label only. */
export function strangeHost({ ApiServer, Gateway, PlatformUrl }: ServiceProperties): string | undefined {
  const site = siteOf(ApiServer);
  return [Gateway, PlatformUrl].find((url) => url !== undefined && !belongsTo(url, site));
}

function siteOf(url: string): string {
  const { hostname } = new URL(url);
  return hostname.split('.').length > 2 ? hostname.slice(hostname.indexOf('.') + 1) : hostname;
}

function belongsTo(url: string, site: string): boolean {
  const { hostname } = new URL(url);
  return hostname === site || hostname.endsWith(`.${site}`);
}
