import type { Service } from './aws';
import { deleteParameter, getParameter, putParameter } from './parameters';

export const ssm: Service = {
  GetParameter: ({ parameters }, { Name }) => ({ Parameter: { Name, Type: 'String', Value: getParameter(parameters, Name) } }),
  PutParameter: ({ parameters }, { Name, Value, Overwrite }) => {
    putParameter(parameters, Name, Value, Overwrite ?? false);
    return { Tier: 'Standard' };
  },
  DeleteParameter: ({ parameters }, { Name }) => {
    deleteParameter(parameters, Name);
    return {};
  },
};
