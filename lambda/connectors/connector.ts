import { stands } from './look';
import { parseConnectorProperties } from './properties';
import { Change, reconcile } from './reconcile';
import { removeConnector } from './remove';
import { ConnectorWorld, openRequest } from './request/open-request';
import { attributesOf } from './verification/verdict';
import { connectorPhysicalId, ConnectorProperties } from '../../src/wire/connector';
import { Attributes, CustomResource, ResourceRequest } from '../runtime/resource';
import { serviceHost } from '../service/http/origin';

/** `Custom::QualysConnector`: a connector at the service, kept equal to the code. */
export function connector(world: ConnectorWorld): CustomResource<ConnectorProperties> {
  const open = (request: ResourceRequest<ConnectorProperties>, isDelete = false) => openRequest(world, request, isDelete);
  const bring = async (request: ResourceRequest<ConnectorProperties>, change: Change): Promise<Attributes> => {
    const verdict = await reconcile(open(request), change);
    return attributesOf(verdict, request.redactor);
  };
  const remove = (request: ResourceRequest<ConnectorProperties>, isGivenUp = false) => removeConnector(open(request, true), isGivenUp);
  return {
    parse: parseConnectorProperties,
    physicalId: ({ Service, RoleArn }) => connectorPhysicalId(serviceHost(Service), RoleArn),
    create: (request) => bring(request, { isUpdate: false, replaces: request.replaces }),
    update: (request) => bring(request, { isUpdate: true, previous: request.previous }),
    stands: (request) => stands(open(request)),
    delete: (request) => remove(request),
    giveUp: (request) => remove(request, true),
  };
}
