import { ask } from './requests';
import { ACCOUNT_LOOKUP_RESOURCE_TYPE, CONNECTOR_RESOURCE_TYPE, ConnectorProperties } from '../../../src/wire/connector';
import { BaseAccountStage } from '../../support/base-account-stage';
import { connectorProperties } from '../../support/connector-resource';
import { Operation } from '../matrix';

const ROLE = 'arn:aws:iam::222222222222:role/QualysConnector';
const OTHER_ROLE = 'arn:aws:iam::333333333333:role/QualysConnector';
const PHYSICAL_ID = `qualys-connector:qualysapi.connectors.example:${ROLE}`;
const BY_HAND = { name: 'By hand', externalId: 'external-of-a-person', description: 'Made by a person', runFrequency: 240 };

const propertiesOf = (stage: BaseAccountStage, changes: Partial<ConnectorProperties> = {}): ConnectorProperties =>
  connectorProperties(stage.properties().Service, { RoleArn: ROLE, ...changes });

type Changes = Partial<ConnectorProperties>;
const connector = { handler: 'connector', logicalId: 'Production', resourceType: CONNECTOR_RESOURCE_TYPE } as const;

const create = (stage: BaseAccountStage, token: string, changes?: Changes) => ask(stage, token, {
  ...connector, requestType: 'Create', properties: propertiesOf(stage, changes),
});
const update = (stage: BaseAccountStage, token: string, changes?: Changes) => ask(stage, token, {
  ...connector, requestType: 'Update', physicalId: PHYSICAL_ID, properties: propertiesOf(stage, changes), oldProperties: propertiesOf(stage),
});
const remove = (stage: BaseAccountStage, token: string, changes?: Changes) => ask(stage, token, {
  ...connector, requestType: 'Delete', physicalId: PHYSICAL_ID, properties: propertiesOf(stage, changes),
});

const live = ({ world }: BaseAccountStage) => world.service.connectors().filter(({ isDeleted }) => !isDeleted);
const own = (stage: BaseAccountStage) => live(stage).filter(({ settings }) => settings.arn === ROLE).map(({ settings }) => settings);
const others = ({ world }: BaseAccountStage) => JSON.stringify(world.service.connectors().filter(({ settings }) => settings.arn !== ROLE));

/** A subscription with a connector of somebody else, and maybe one on the role. */
async function subscription(prepared: 'nothing' | 'by hand' | 'made' | 'adopted'): Promise<BaseAccountStage> {
  const stage = new BaseAccountStage();
  const { console } = stage.world.service;
  console.createConnector({ ...BY_HAND, arn: OTHER_ROLE });
  if (prepared === 'by hand' || prepared === 'adopted') console.createConnector({ ...BY_HAND, arn: ROLE });
  if (prepared === 'made' || prepared === 'adopted') expect(await create(stage, 'before', { AdoptExisting: 'true' })).toBe(true);
  return stage;
}

/** One connector of the role at most; what others have made is as it was. */
function watch(stage: BaseAccountStage): () => string[] {
  const before = others(stage);
  return () => [
    ...(own(stage).length > 1 ? ['two connectors of one role'] : []),
    ...(others(stage) === before ? [] : ['the connector of another role was changed']),
  ];
}

const stands = (stage: BaseAccountStage) => ({ connectors: live(stage).map(({ settings }) => settings) });
const marked = (stage: BaseAccountStage, origin: string) => expect.stringContaining(`[cdk-qualys-connectors ${origin} ${stage.stack.stackId} Production]`);

export const CONNECTOR_OPERATIONS: readonly Operation[] = ([
  {
    name: 'create a connector',
    prepare: () => subscription('nothing'),
    run: create,
    end: (stage) => expect(own(stage)).toMatchObject([{ name: 'Production', description: marked(stage, 'created') }]),
  },
  {
    name: 'change a connector',
    prepare: () => subscription('made'),
    run: (stage, token) => update(stage, token, { Name: 'Other', PollingMinutes: '480', Enabled: 'false' }),
    end: (stage) => expect(own(stage)).toMatchObject([{ name: 'Other', runFrequency: 480, disabled: true, description: marked(stage, 'created') }]),
  },
  {
    name: 'find a connector as it has to be',
    prepare: () => subscription('made'),
    run: update,
    end: (stage) => expect(own(stage)).toMatchObject([{ name: 'Production', description: marked(stage, 'created') }]),
  },
  {
    name: 'adopt a connector that is there',
    prepare: () => subscription('by hand'),
    run: (stage, token) => create(stage, token, { AdoptExisting: 'true' }),
    end: (stage) => expect(own(stage)).toMatchObject([{ name: 'Production', description: marked(stage, 'adopted') }]),
  },
  {
    name: 'delete a connector',
    prepare: () => subscription('made'),
    run: remove,
    end: (stage) => expect(own(stage)).toEqual([]),
  },
  {
    name: 'delete a connector that was adopted',
    prepare: () => subscription('adopted'),
    run: remove,
    end: (stage) => expect(own(stage)).toMatchObject([{ name: 'Production', description: marked(stage, 'adopted') }]),
  },
  {
    name: 'look up the account of Qualys',
    prepare: () => subscription('made'),
    run: (stage, token) => {
      const { SchemaVersion, Service, AccountType } = propertiesOf(stage);
      return ask(stage, token, {
        handler: 'connector', logicalId: 'Lookup', resourceType: ACCOUNT_LOOKUP_RESOURCE_TYPE, requestType: 'Create', properties: { SchemaVersion, Service, AccountType },
      });
    },
    end: (stage) => expect(stage.world.answers.puts.at(-1)!.Data).toEqual({ AccountId: '805950163170' }),
  },
] satisfies Operation[]).map((operation) => ({ watch, stands, ...operation }));
