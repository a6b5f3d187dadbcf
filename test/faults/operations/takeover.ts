import { succeeds } from './succeeds';
import { BaseAccountApp } from '../../support/stage/apps/base-account';
import { BaseAccountStage } from '../../support/stage/base-account-stage';
import { Operation } from '../matrix/matrix';

/* A stack was deleted and has left everything; a second one takes it up. Connectors rely on the entry all the time. */

const ID = 'Registration';
const ADOPTING: BaseAccountApp = { adoptExisting: true, title: 'Taken up' };

/** The second one has all that it needs but its registration. */
async function stacks(): Promise<Readonly<Record<'first' | 'stage', BaseAccountStage>>> {
  const first = new BaseAccountStage({ writeApi: true, stackName: 'First' });
  expect(await first.deploy()).toBe('CREATE_COMPLETE');
  first.world.service.console.createConnector({ name: 'Production', arn: 'arn:aws:iam::222222222222:role/QualysConnector' });
  const stage = new BaseAccountStage({ beside: first, stackName: 'Second', userOf: first });
  await stage.deploy(ADOPTING, { without: [ID] });
  return { first, stage };
}

const second = async (): Promise<BaseAccountStage> => (await stacks()).stage;

const create = (stage: BaseAccountStage, requestId: string) => succeeds(stage.ask('Create', ID, { app: ADOPTING, requestId }));
const owner = ({ record }: BaseAccountStage) => record?.owner.stackId.split('/')[1];

const taken = (stage: BaseAccountStage) => {
  expect(owner(stage)).toBe('Second');
  expect(stage.record).not.toHaveProperty('takenFrom');
  expect(stage.world.service.baseAccounts()).toMatchObject([{ title: 'Taken up', accessKeyId: stage.currentKey }]);
};

export const TAKEOVER_OPERATIONS: ReadonlyArray<Operation<BaseAccountStage>> = [
  { name: 'take over the entry of another stack', prepare: second, run: create, end: taken },
  {
    name: 'take over the entry of another stack, and the clean-up',
    prepare: second,
    run: create,
    // Taken over in whole, it is guarded like any other; but what CloudFormation has never heard of is taken back.
    undo: async (stage, requestId, isKnown) => {
      const isTaken = isKnown && owner(stage) === 'Second' && stage.record!.takenFrom === undefined;
      const answer = await stage.ask('Delete', ID, { requestId });
      expect([owner(stage), stage.world.keyAtService]).toEqual([isTaken ? 'Second' : 'First', stage.currentKey]);
      return answer?.Status === (isTaken ? 'FAILED' : 'SUCCESS');
    },
    settle: async (stage) => expect(await create(stage, 'anew')).toBe(true),
    end: taken,
  },
  {
    name: 'delete a registration that another stack has taken over',
    prepare: async () => {
      const { first, stage } = await stacks();
      expect(await stage.deploy(ADOPTING)).toBe('UPDATE_COMPLETE');
      return first;
    },
    run: (first, requestId) => succeeds(first.ask('Delete', ID, { requestId })),
    end: taken,
  },
];
