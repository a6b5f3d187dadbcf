import * as z from 'zod/mini';
import { content, judgeQps, qpsRequest } from './envelope';
import type { ServiceProperties } from '../../../src/wire/common';
import { call, ClientWorld } from '../http/client';
import { objectId } from '../http/decode';
import { understood } from '../http/judge';
import { serviceOrigin } from '../http/origin';
import { Authentication } from '../sign-in/authentication';

const OPERATION = 'search tags';
const withId = z.object({ id: objectId });

/** IDs of the tags with this name: Asset Management and Tagging API 2.0, `POST /qps/rest/2.0/search/am/tag`. */
export async function tagIds(service: ServiceProperties, authentication: Authentication, world: ClientWorld, name: string): Promise<string[]> {
  const origin = serviceOrigin('ApiServer', service.ApiServer);
  const body = qpsRequest({ filters: { Criteria: [{ field: 'name', operator: 'EQUALS', value: name }] } });
  const objects = await authentication.signedIn('api-server', (Authorization) => call({
    operation: OPERATION, origin, method: 'POST', path: '/qps/rest/2.0/search/am/tag', headers: { Authorization }, body, repeatable: true,
  }, judgeQps, world));
  return objects.map((object) => understood(OPERATION, withId, content(object)).id);
}
