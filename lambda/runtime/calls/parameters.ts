import { DeleteParameterCommand, GetParameterCommand, Parameter, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { unless } from './aws-errors';
import { DeployError } from '../errors';
import { Outbound } from '../resource';

/** Parameters in Parameter Store, which overwrites blindly: one that was read is written only over the version that was read. */
export interface Parameters {
  read(name: string): Promise<string | undefined>;
  /** False: there is one already. */
  claim(name: string, value: string): Promise<boolean>;
  /**
   * Where it was written by somebody else since it was read, and what was written may not be followed by this, it is put back.
   * Throws {@link WrittenMeanwhile} then.
   */
  write(name: string, value: string, mayFollow?: MayFollow): Promise<void>;
  /** Of one that is gone: succeeds. */
  remove(name: string): Promise<void>;
}

/**
 * Whether a write may stand that has come after another one than was read; without a value the parameter was removed meanwhile. Two runs for one
 * resource see each other by other means, as a request that was cancelled and its clean-up do.
 */
export type MayFollow = (between: string | undefined) => boolean;

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
      const parameter = await get(Name);
      remember(Name, parameter?.Version);
      return parameter?.Value;
    },
    claim: async (name, value) => {
      const claimed = await unless('ParameterAlreadyExists', put(name, value, false).then((version) => ({ version })));
      if (claimed) remember(name, claimed.version);
      return claimed !== undefined;
    },
    write: async (name, value, mayFollow = () => false) => {
      const before = versions.get(name);
      const version = await put(name, value, true);
      remember(name, version);
      if (before === undefined || version === undefined || version === before + 1) return;
      const between = version === 1 ? undefined : (await get(`${name}:${version - 1}`))?.Value;
      // The second is what the SDK sends again when an answer is lost.
      if (mayFollow(between) || between === value) return;
      if (version === 1) await remove(name);
      else if (between !== undefined) await put(name, between, true);
      versions.delete(name);
      throw new WrittenMeanwhile(name);
    },
    remove,
  };

  /** The number of a former version stands behind the name. */
  async function get(Name: string): Promise<Parameter | undefined> {
    const answer = unless('ParameterNotFound', outbound('ssm:GetParameter', () => client.send(new GetParameterCommand({ Name }))));
    return (await unless('ParameterVersionNotFound', answer))?.Parameter;
  }

  function remember(name: string, version: number | undefined): void {
    if (version === undefined) versions.delete(name);
    else versions.set(name, version);
  }
}
