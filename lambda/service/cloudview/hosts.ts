import type { ServiceProperties } from '../../../src/wire/common';
import { DeployError } from '../../runtime/errors';
import { Call, call, ClientWorld, Judge } from '../http/client';
import { ServiceAnswer } from '../http/errors';
import { serviceOrigin } from '../http/origin';
import { Authentication, Host } from '../sign-in/authentication';

/** A request without the parts that depend on the host. */
export type CloudViewRequest = Omit<Call, 'origin' | 'headers'>;

/** The gateway serves some subscriptions, and the platform URL others. After 401 and 404 the other one is tried. */
export class CloudViewHosts {
  private readonly hosts: Array<{ readonly host: Host; readonly property: string; readonly url: string }>;
  /** The host that answered first gets all further calls. What it does not find does not exist. */
  private found = false;

  public constructor(
    { Gateway, PlatformUrl, Authentication: method }: ServiceProperties,
    private readonly authentication: Authentication,
    private readonly world: ClientWorld,
  ) {
    this.hosts = [
      ...(Gateway === undefined ? [] : [{ host: 'gateway' as const, property: 'Gateway', url: Gateway }]),
      // The platform URL takes a user name and password only.
      ...(PlatformUrl === undefined || method !== 'BASIC' ? [] : [{ host: 'platform' as const, property: 'PlatformUrl', url: PlatformUrl }]),
    ];
  }

  public get exist(): boolean {
    return this.hosts.length > 0;
  }

  public async call<T>(request: CloudViewRequest, judge: Judge<T>): Promise<T> {
    if (!this.exist) {
      throw new DeployError(`'${request.operation}' needs CloudView, for which the platform has no usable URL: `
        + 'give QualysPlatform.custom its gateway or platformUrl');
    }
    try {
      const result = await this.callOne(request, judge);
      this.found = true;
      return result;
    } catch (error) {
      if (this.found || this.hosts.length === 1 || !isElsewhere(error)) throw error;
      this.hosts.shift();
      return this.call(request, judge);
    }
  }

  private async callOne<T>(request: CloudViewRequest, judge: Judge<T>): Promise<T> {
    const [{ host, property, url }] = this.hosts;
    const origin = serviceOrigin(property, url);
    return this.authentication.signedIn(host, (Authorization) => call({ ...request, origin, headers: { Authorization } }, judge, this.world));
  }
}

function isElsewhere(error: unknown): boolean {
  return error instanceof ServiceAnswer && (error.status === 401 || error.status === 404) && error.code !== 'OBJECT_NOT_FOUND';
}
