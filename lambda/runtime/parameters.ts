import { DeleteParameterCommand, GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { unless } from './aws-errors';
import { DeployError } from './errors';
import { Outbound } from './resource';

/** Parameters in Parameter Store, which overwrites blindly: one that was read is written only over the version that was read. */
export interface Parameters {
  read(name: string): Promise<string | undefined>;
  /** False: there is one already. */
  claim(name: string, value: string): Promise<boolean>;
  /** Throws {@link WrittenMeanwhile} where somebody else has written it since it was read. */
  write(name: string, value: string): Promise<void>;
  /** Of one that is gone: succeeds. */
  remove(name: string): Promise<void>;
}

/** Two have written at the same time, so that one of them knows less than it believes. */
export class WrittenMeanwhile extends DeployError {
  public override readonly name = 'WrittenMeanwhile';

  public constructor(parameter: string) {
    super(`the parameter ${parameter} in Parameter Store was written by somebody else at the same time. That may have been another run of this library: `
      + 'try again. If it happens once more, look who may write it');
  }
}

export function parameters(outbound: Outbound): Parameters {
  const client = new SSMClient({});
  const versions = new Map<string, number>();
  const put = async (Name: string, Value: string, Overwrite: boolean): Promise<number | undefined> => {
    const { Version } = await outbound('ssm:PutParameter', () => client.send(new PutParameterCommand({ Name, Type: 'String', Value, Overwrite })));
    return Version;
  };
  const remove = async (Name: string): Promise<void> => {
    versions.delete(Name);
    await unless('ParameterNotFound', outbound('ssm:DeleteParameter', () => client.send(new DeleteParameterCommand({ Name }))));
  };
  return {
    read: async (Name) => {
      const answer = await unless('ParameterNotFound', outbound('ssm:GetParameter', () => client.send(new GetParameterCommand({ Name }))));
      remember(Name, answer?.Parameter?.Version);
      return answer?.Parameter?.Value;
    },
    claim: async (name, value) => {
      const claimed = await unless('ParameterAlreadyExists', put(name, value, false).then((version) => ({ version })));
      if (claimed) remember(name, claimed.version);
      return claimed !== undefined;
    },
    write: async (name, value) => {
      const before = versions.get(name);
      const version = await put(name, value, true);
      remember(name, version);
      if (before === undefined || version === undefined || version === before + 1) return;
      // It was gone, and must not come back by this.
      if (version === 1) await remove(name);
      throw new WrittenMeanwhile(name);
    },
    remove,
  };

  function remember(name: string, version: number | undefined): void {
    if (version === undefined) versions.delete(name);
    else versions.set(name, version);
  }
}
