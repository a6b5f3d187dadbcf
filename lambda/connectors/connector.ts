import { parseConnectorProperties } from './properties';
import { Change, reconcile, stands } from './reconcile';
import { giveUpConnector, removeConnector } from './remove';
import { ConnectorRequest, ConnectorWorld, openRequest } from './request/open-request';
import { CONNECTOR_ATTRIBUTES, connectorPhysicalId, ConnectorProperties } from '../../src/wire/connector';
import { characters, cut } from '../runtime/redaction/line';
import { Attributes, CustomResource, ResourceRequest } from '../runtime/resource';
import { serviceHost } from '../service/http/origin';
import { vendorWords } from '../service/http/vendor-words';

/** The value of an attribute that the service does not show. */
const UNKNOWN = 'UNKNOWN';

/** Longest attribute in characters, so that no name makes an answer too long. */
const MAXIMUM_WORDS = 1_000;

/** `Custom::QualysConnector`: a connector at the service, kept equal to the code. */
export function connector(world: ConnectorWorld): CustomResource<ConnectorProperties> {
  const open = (request: ResourceRequest<ConnectorProperties>, isDelete = false) => openRequest(world, request, isDelete);
  return {
    parse: parseConnectorProperties,
    physicalId: ({ Service, RoleArn }) => connectorPhysicalId(serviceHost(Service), RoleArn),
    create: (request) => answer(open(request), { isUpdate: false, replaces: request.replaces }),
    update: (request) => answer(open(request), { isUpdate: true, previous: request.previous }),
    stands: (request) => stands(open(request)),
    delete: (request) => removeConnector(open(request, true)),
    giveUp: (request) => giveUpConnector(open(request, true)),
  };
}

async function answer(request: ConnectorRequest, change: Change): Promise<Attributes> {
  const { entry, failed, words } = await reconcile(request, change);
  return {
    [CONNECTOR_ATTRIBUTES.connectorId]: entry.id,
    [CONNECTOR_ATTRIBUTES.qualysAccountId]: entry.qualysAwsAccountId ?? UNKNOWN,
    [CONNECTOR_ATTRIBUTES.connectorState]: entry.state ? vendorWords(entry.state, request.redactor) : UNKNOWN,
    [CONNECTOR_ATTRIBUTES.verificationResult]: cut(request.redactor.redact(failed ? `FAILED: ${words}` : words), MAXIMUM_WORDS, characters),
  };
}
