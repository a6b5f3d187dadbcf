import { Resources } from '../stacks';

export interface InlineFunction {
  /** Source of a CommonJS module with `exports.handler`. */
  readonly code: string;
  /** Statements of the function's role: it may do nothing else. */
  readonly allow?: readonly { readonly Action: readonly string[]; readonly Resource: string }[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** A function and its role as resources of a template, by the logical IDs `<name>` and `<name>Role`. */
export function inlineFunction(name: string, { code, allow = [], environment = {} }: InlineFunction): Resources {
  return {
    [`${name}Role`]: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: statements([{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }]),
        Policies: allow.length === 0 ? [] : [{ PolicyName: 'allow', PolicyDocument: statements(allow.map((a) => ({ Effect: 'Allow', ...a }))) }],
      },
    },
    [name]: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: name,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Timeout: 10,
        Role: { 'Fn::GetAtt': [`${name}Role`, 'Arn'] },
        Code: { ZipFile: code },
        Environment: { Variables: environment },
      },
    },
  };
}

/** A policy document. */
export function statements(Statement: readonly object[]): object {
  return { Version: '2012-10-17', Statement };
}
