import { Token } from 'aws-cdk-lib';
import { hostDefect } from '../../wire/hosts';

/**
 * The URL in normal form, without a trailing slash. The library sends credentials there, so it must be https and name a public host;
 * `localhost` with a port is for tests. Tokens pass: the function checks them when it runs.
 */
export function serviceUrl(name: string, value: string): string {
  if (Token.isUnresolved(value)) return value;
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    // The message does not show the value: a text that cannot be parsed may contain a password.
    throw new Error(`${name} must be a URL such as 'https://qualysapi.qualys.com', got a text that is no URL`);
  }
  if (url.username || url.password) throw new Error(`${name} must not hold a user name or password: give them to QualysCredentials in a secret`);
  if (url.protocol !== 'https:') throw new Error(`${name} must begin with 'https://', got '${url.protocol}//${url.host}'`);
  if (url.pathname !== '/' || /[?#]/.test(value)) {
    throw new Error(`${name} must be a scheme and a host without path, query and fragment, `
      + `as in '${url.origin}'`);
  }
  checkHost(name, url);
  return url.origin;
}

function checkHost(name: string, url: URL): void {
  const { hostname } = url;
  if (hostname === 'localhost') {
    if (!url.port) {
      throw new Error(`${name} may name 'localhost' only with a port other than 443, as in 'https://localhost:8443', `
        + `got '${url.origin}'`);
    }
    return;
  }
  const defect = hostDefect(hostname);
  if (defect === 'no-dns-name') {
    throw new Error(`${name} must name a host by its full DNS name, not by an IP address or a bare name, `
      + `got '${hostname}'`);
  }
  if (defect === 'metadata-service') throw new Error(`${name} must name the connector service, not a metadata service of a cloud, got '${hostname}'`);
}
