import type { Service } from './aws';
import { deleteParameter, getParameter, putParameter } from './parameters';

/** As Parameter Store has it unless asked for less. */
const PAGE = 10;

export const ssm: Service = {
  GetParameter: ({ parameters }, { Name }) => ({ Parameter: { Name, Type: 'String', Value: getParameter(parameters, Name), Version: parameters.version(Name) } }),
  GetParametersByPath: ({ parameters }, { Path, NextToken = '0' }) => {
    const below = [...parameters.keys()].filter((name) => name.startsWith(`${Path}/`) && !name.slice(Path.length + 1).includes('/')).sort();
    const from = Number(NextToken);
    const page = below.slice(from, from + PAGE).map((Name) => ({ Name, Type: 'String', Value: parameters.get(Name), Version: parameters.version(Name) }));
    return { Parameters: page, ...from + PAGE < below.length && { NextToken: String(from + PAGE) } };
  },
  PutParameter: ({ parameters }, { Name, Value, Overwrite }) => {
    putParameter(parameters, Name, Value, Overwrite ?? false);
    return { Tier: 'Standard', Version: parameters.version(Name) };
  },
  DeleteParameter: ({ parameters }, { Name }) => {
    deleteParameter(parameters, Name);
    return {};
  },
};
