import { accessProof, proveBefore } from './access-proof';
import { checkAsked, checkAskedAccess, checkResource, formerEntry } from './authority';
import { provenKey, storedKey } from './delivery/current-key';
import { deliver } from './delivery/deliver';
import { consoleSteps, NOTHING_TO_DO, titleStep } from './delivery/steps';
import { openRegistration, RegistrationWorld } from './open-registration';
import { parseBaseAccountProperties } from './properties';
import { OngoingCreate, ongoingCreate } from './record/cancellation';
import { claim, decideOwnership } from './record/ownership';
import { OwnershipRecord } from './record/record';
import { Change, isLeftAt, deployedHashOf } from './record/takeover';
import { EntryProperties, Registration } from './registration';
import { deleteRegistration, giveUpRegistration } from './remove';
import { BASE_ACCOUNT_ATTRIBUTES, BaseAccountProperties } from '../../src/wire/base-account';
import { WrittenMeanwhile } from '../runtime/calls/parameters';
import { NotBegun } from '../runtime/errors';
import { isOwner, ownerName } from '../runtime/owner';
import { Attributes, CustomResource, ResourceRequest } from '../runtime/resource';
import { serviceHost } from '../service/http/origin';

/** `Custom::QualysBaseAccount`: the service's base-account entry, kept equal to the code. */
export function baseAccount(world: RegistrationWorld): CustomResource<BaseAccountProperties> {
  const registrationOf = (request: ResourceRequest<BaseAccountProperties>, entry: EntryProperties): Registration => {
    const { stackId, logicalId } = request;
    checkResource(logicalId, world.env);
    return { ...openRegistration(world, entry, { stackId, logicalId }, request), deployedHash: deployedHashOf(entry) };
  };
  const asked = (request: ResourceRequest<BaseAccountProperties>) => {
    const access = checkAskedAccess(request.properties, world.env);
    const registration = registrationOf(request, checkAsked(request.properties, world.env));
    return { ...registration, accessProof: access && accessProof(world, registration, access, request) };
  };
  const former = (request: ResourceRequest<BaseAccountProperties>) => registrationOf(request, formerEntry(request.properties, world.env));
  return {
    parse: parseBaseAccountProperties,
    // The physical ID has what the service cannot edit. Everything else changes in place.
    physicalId: ({ Service, AccountType }) => `qualys-base-account:${serviceHost(Service)}:${AccountType}`,
    create: async (request) => {
      const registration = asked(request);
      return create(registration, request.requestId, request.replaces ? {} : undefined).catch((error: unknown) => failedCreate(registration, error));
    },
    update: (request) => reconcile(asked(request), { previous: request.previous }),
    stands: async (request) => {
      const { records, properties, owner } = asked(request);
      return isOwner((await records.read(properties.RecordName))?.owner, owner);
    },
    giveUp: (request) => giveUpRegistration(former(request), request.requestId),
    delete: (request) => deleteRegistration(former(request), request.isUndo),
  };
}

async function create(registration: Registration, requestId: string, change: Change | undefined): Promise<Attributes> {
  const ongoing = await ongoingCreate(registration, requestId);
  const attributes = await reconcile(registration, change, ongoing);
  if (ongoing.claim.found !== undefined) await registration.records.forgetCancellation(registration.properties.RecordName);
  return attributes;
}

/** Without a record of its own it has sent nothing, and its Delete must not touch the entries of others. */
async function failedCreate({ records, properties, owner }: Registration, error: unknown): Promise<never> {
  const record = await records.read(properties.RecordName).catch(() => ({ owner }));
  throw isOwner(record?.owner, owner) ? error : new NotBegun(error);
}

/** The steps of create, update and their repetitions. It starts again when another run has written the record meanwhile. */
async function reconcile(registration: Registration, change?: Change, ongoing?: OngoingCreate, attempts = 2): Promise<Attributes> {
  try {
    return await bringAbout(registration, change, ongoing, attempts);
  } catch (error) {
    if (attempts > 1 && error instanceof WrittenMeanwhile) return reconcile(registration, change, ongoing, attempts - 1);
    throw error;
  }
}

/** One attempt: read, decide, write the record, deliver, answer. */
async function bringAbout(
  registration: Registration, change: Change | undefined, ongoing: OngoingCreate | undefined, attempts: number,
): Promise<Attributes> {
  const { properties, owner, service, records } = registration;
  const key = await provenKey(registration);
  const entry = await service.read(properties.AccountType);
  const found = await records.read(properties.RecordName);
  // A rollback of a stack that has lost the entry changes nothing.
  if (change && found && isLeftAt(found, owner, properties)) return lost(registration, found);
  const granted = decideOwnership(registration, entry, found, change);
  const proven = await proveBefore(registration, entry, found, key);
  const claimed = { ...await claim(registration, granted, entry, key.accessKeyId, ongoing?.claim), proven };
  await ongoing?.goOn(key);
  const record = await deliver(registration, entry, claimed, key, change?.previous);
  await ongoing?.goOn(key);
  // A rotation may have promoted another key meanwhile. If this read fails, the request does not: the entry is made, and the daily run
  // checks too.
  const current = await storedKey(registration).catch(() => key);
  if (attempts > 1 && current.accessKeyId !== key.accessKeyId) return reconcile(registration, change, ongoing, attempts - 1);
  return {
    [BASE_ACCOUNT_ATTRIBUTES.status]: record.status,
    [BASE_ACCOUNT_ATTRIBUTES.registeredAccessKeyId]: record.registeredAccessKeyId ?? 'NONE',
    [BASE_ACCOUNT_ATTRIBUTES.nextStep]: nextStep(),
  };

  function nextStep(): string {
    if (record.status === 'AWAITING_CONSOLE') return consoleSteps(properties, key, entry.isCustomers);
    const renamed = record.delivery === 'CONSOLE' && change?.previous !== undefined && change.previous.Title !== properties.Title;
    return renamed ? titleStep(properties) : NOTHING_TO_DO;
  }
}

function lost({ entryName }: Registration, { owner, status }: OwnershipRecord): Attributes {
  return {
    [BASE_ACCOUNT_ATTRIBUTES.status]: status === 'AWAITING_CONSOLE' ? status : 'REGISTERED',
    [BASE_ACCOUNT_ATTRIBUTES.registeredAccessKeyId]: 'NONE',
    [BASE_ACCOUNT_ATTRIBUTES.nextStep]: `Nothing from here: ${entryName} is managed by ${ownerName(owner)}.`,
  };
}
