import type { ServiceProperties } from '../../../src/wire/common';
import { hostDefect } from '../../../src/wire/hosts';
import { DeployError } from '../../runtime/errors';

/**
 * Checks a URL that may have been a token at synth. Credentials are sent there, so it must be https to a public host; `localhost` is for
 * tests.
 */
export function serviceOrigin(property: string, value: string): string {
  if (!URL.canParse(value)) throw new DeployError(`${property} must be a URL such as 'https://qualysapi.qualys.com'`);
  const url = new URL(value);
  if (url.protocol !== 'https:') throw new DeployError(`${property} must begin with 'https://'`);
  if (url.username !== '' || url.password !== '') throw new DeployError(`${property} must not hold a user name or password`);
  if (url.pathname !== '/' || /[?#]/.test(value)) throw new DeployError(`${property} must have no path, query or fragment`);
  if (hostDefect(url.hostname) !== undefined && !(url.hostname === 'localhost' && url.port !== '')) {
    throw new DeployError(`${property} must name a public host by its full DNS name, `
      + `got '${url.hostname}'`);
  }
  return url.origin;
}

/** Host and port of the API server, for physical IDs. */
export function serviceHost({ ApiServer }: ServiceProperties): string {
  return new URL(serviceOrigin('ApiServer', ApiServer)).host;
}

/** The path comes from the template, and must not lead to another host. */
export function urlWithin(origin: string, path: string): string {
  const url = `${origin}${path}`;
  if (!path.startsWith('/') || !URL.canParse(url) || new URL(url).origin !== origin) {
    throw new DeployError('a path of the connector service must begin with \'/\' and stay on its host, '
      + `got '${path}'`);
  }
  return url;
}
