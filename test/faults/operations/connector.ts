import { succeeds } from './succeeds';
import { ConnectorApp } from '../../support/stage/apps/connector';
import { BY_HAND, ConnectorStage } from '../../support/stage/connector-stage';
import { LookupStage } from '../../support/stage/lookup-stage';
import { Operation } from '../matrix/matrix';

const ROLE = 'arn:aws:iam::222222222222:role/QualysConnector';
const OTHER_ROLE = 'arn:aws:iam::333333333333:role/QualysConnector';
const ID = 'Production';
const APP: ConnectorApp = { roleArn: ROLE };
const OTHER: ConnectorApp = { ...APP, name: 'Other', pollingMinutes: 480, enabled: false };
/** It is run, and AWS lets the service in. */
const RUN: ConnectorApp = { ...APP, verify: 'fail' };

const create = (stage: ConnectorStage, requestId: string, app = APP) => succeeds(stage.ask('Create', ID, { app, requestId }));
const update = (stage: ConnectorStage, requestId: string, app = APP, from?: ConnectorApp) => succeeds(stage.ask('Update', ID, { app, from, requestId }));
const remove = (stage: ConnectorStage, requestId: string) => succeeds(stage.ask('Delete', ID, { requestId }));

const own = (stage: ConnectorStage) => stage.live.filter(({ settings }) => settings.arn === ROLE).map(({ settings }) => settings);
const others = ({ world }: ConnectorStage) => JSON.stringify(world.service.connectors().filter(({ settings }) => settings.arn !== ROLE));

/** A subscription with a connector of somebody else, and maybe one on the role. */
async function subscription(prepared: 'nothing' | 'by hand' | 'made' | 'adopted'): Promise<ConnectorStage> {
  const stage = new ConnectorStage();
  const { console } = stage.world.service;
  stage.world.refusal = () => undefined;
  console.createConnector({ ...BY_HAND, arn: OTHER_ROLE });
  if (prepared === 'by hand' || prepared === 'adopted') console.createConnector({ ...BY_HAND, arn: ROLE });
  const standing = prepared === 'made' || prepared === 'adopted';
  expect(await stage.deploy({ ...APP, adoptExisting: prepared === 'adopted' }, standing ? {} : { without: [ID] })).toBe('CREATE_COMPLETE');
  return stage;
}

/** One connector of the role at most; what others have made is as it was. */
function watch(stage: ConnectorStage): () => string[] {
  const before = others(stage);
  return () => [
    ...(own(stage).length > 1 ? ['two connectors of one role'] : []),
    ...(others(stage) === before ? [] : ['the connector of another role was changed']),
  ];
}

const stands = (stage: ConnectorStage) => ({ connectors: stage.live.map(({ settings }) => settings) });
const marked = (stage: ConnectorStage, origin: string) => expect.stringContaining(`[cdk-qualys-connectors ${origin} ${stage.stack.stackId} ${ID} `);
const made = (stage: ConnectorStage) => expect(own(stage)).toMatchObject([{ name: 'Production', description: marked(stage, 'created') }]);

export const CONNECTOR_OPERATIONS: ReadonlyArray<Operation<ConnectorStage>> = ([
  { name: 'create a connector', prepare: () => subscription('nothing'), run: create, end: made },
  {
    name: 'create a connector and run it',
    prepare: () => subscription('nothing'),
    run: (stage, token) => create(stage, token, RUN),
    end: (stage) => {
      made(stage);
      expect(stage.live.map(({ state }) => state)).toContain('FINISHED_SUCCESS');
    },
  },
  {
    name: 'create a connector and run it, and the clean-up',
    prepare: () => subscription('nothing'),
    run: (stage, token) => create(stage, token, RUN),
    undo: remove,
    end: (stage) => expect(own(stage)).toEqual([]),
  },
  {
    name: 'change a connector',
    prepare: () => subscription('made'),
    run: (stage, token) => update(stage, token, OTHER),
    end: (stage) => expect(own(stage)).toMatchObject([{ name: 'Other', runFrequency: 480, disabled: true, description: marked(stage, 'created') }]),
  },
  {
    name: 'change a connector and run it',
    prepare: () => subscription('made'),
    run: (stage, token) => update(stage, token, { ...RUN, name: 'New' }),
    end: (stage) => expect(own(stage)).toMatchObject([{ name: 'New', description: marked(stage, 'created') }]),
  },
  {
    name: 'change a connector, and the rollback',
    prepare: () => subscription('made'),
    run: (stage, token) => update(stage, token, OTHER),
    undo: (stage, token) => update(stage, token, APP, OTHER),
    end: made,
  },
  { name: 'find a connector as it has to be', prepare: () => subscription('made'), run: update, end: made },
  {
    name: 'adopt a connector that is there',
    prepare: () => subscription('by hand'),
    run: (stage, token) => create(stage, token, { ...APP, adoptExisting: true }),
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
] satisfies Array<Operation<ConnectorStage>>).map((operation) => ({ watch, stands, ...operation }));

export const LOOKUP_OPERATIONS: ReadonlyArray<Operation<LookupStage>> = [{
  name: 'look up the account of Qualys',
  prepare: async () => {
    const stage = new LookupStage();
    await stage.deploy({}, { without: ['Lookup'] });
    return stage;
  },
  run: (stage, requestId) => succeeds(stage.ask('Create', 'Lookup', { requestId })),
  end: (stage) => expect(stage.world.answers.puts.at(-1)!.Data).toEqual({ AccountId: '805950163170' }),
}];
