import { DeleteParameterCommand, GetParameterCommand, Parameter, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { unless } from './aws-errors';
import { DeployError } from '../errors';
import { Outbound } from '../resource';

/** Reads and writes parameters. Parameter Store overwrites without a check, but this writes only over the version that was read. */
export interface Parameters {
  read(name: string): Promise<string | undefined>;
  /** Creates the parameter. Answers false when it exists already. */
  claim(name: string, value: string): Promise<boolean>;
  /**
   * Writes over the version that was read. If somebody else has written another version meanwhile, and this value must not follow it, this puts
   * that version back and throws {@link WrittenMeanwhile}.
   */
  write(name: string, value: string, mayFollow?: MayFollow): Promise<void>;
  /** Deletes the parameter. Succeeds when it is gone already. */
  remove(name: string): Promise<void>;
}

/**
 * Whether a write may stay that followed another version than the one that was read. Without a value, the parameter was removed meanwhile.
 * Two runs for one resource see each other in other ways, for example a cancelled request and its clean-up.
 */
export type MayFollow = (between: string | undefined) => boolean;

/** Two runs have written at the same time, so one of them worked with an old value. */
export class WrittenMeanwhile extends DeployError {
  public override readonly name = 'WrittenMeanwhile';

  public constructor(parameter: string) {
    super(`the parameter ${parameter} in Parameter Store was written by somebody else at the same time. That may have been another run of this library: `
      + 'try again. If it happens again, check who can write it');
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
      // The second write is a retry of the SDK after a lost answer.
      if (mayFollow(between) || between === value) return;
      if (version === 1) await remove(name);
      else if (between !== undefined) await put(name, between, true);
      versions.delete(name);
      throw new WrittenMeanwhile(name);
    },
    remove,
  };

  /** The name is followed by the number of the former version. */
  async function get(Name: string): Promise<Parameter | undefined> {
    const answer = unless('ParameterNotFound', outbound('ssm:GetParameter', () => client.send(new GetParameterCommand({ Name }))));
    return (await unless('ParameterVersionNotFound', answer))?.Parameter;
  }

  function remember(name: string, version: number | undefined): void {
    if (version === undefined) versions.delete(name);
    else versions.set(name, version);
  }
}
