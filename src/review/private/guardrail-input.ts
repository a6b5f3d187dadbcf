import { Token } from 'aws-cdk-lib';
import { checkText, shown } from '../../private/checks';

/** Throws for a token: what the policies say has to be known when they are written, also outside a stack. */
export function checkLiterals(values: Readonly<Record<string, string | readonly string[]>>): void {
  for (const [name, value] of Object.entries(values)) {
    const tokens = [value].flat().filter((one) => Token.isUnresolved(one));
    if (tokens.length > 0) {
      throw new Error(`${name} must be a plain text, got a token: a policy of an organization is written before anything is deployed, `
        + 'so give the value itself');
    }
  }
}

const FUNCTION_NAME = { max: 64, pattern: /^[\w*?-]+$/, allowed: 'letters, digits, _ and -, and the wildcards * and ?' };
const SECRET_NAME = { max: 512, pattern: /^[\w/+=.@-]+$/, allowed: 'letters, digits and / _ + = . @ -' };

/** Throws for names that AWS does not have. A function name of wildcards alone would lock every function of the account. */
export function checkNamePatterns({ secretName, functionNames }: { readonly secretName?: string; readonly functionNames: readonly string[] }): void {
  if (secretName !== undefined) checkText('secretName', secretName, SECRET_NAME);
  for (const name of functionNames) {
    checkText('functionNames', name, FUNCTION_NAME);
    if (/^[*?]+$/.test(name)) throw new Error(`functionNames must hold a part of a name, got ${shown(name)}: it would lock every function of the account`);
  }
}

const PRINCIPAL_ARN = /^arn:(aws[a-z-]*):iam::(\d{12}):(role|user)\/[\w+=,.@*?/-]+$/;

/** Throws unless each is the ARN of roles or users of an account in this partition. */
export function checkPrincipalArns(values: Readonly<Record<string, readonly string[]>>, partition: string): void {
  for (const [name, arns] of Object.entries(values)) {
    for (const arn of arns) {
      const [, given, , ,] = PRINCIPAL_ARN.exec(arn) ?? [];
      if (given === undefined || /(role|user)\/[*?]+$/.test(arn)) throw new Error(`${name} must hold ARNs of roles or users such as 'arn:aws:iam::123456789012:role/Deployer', with a part of the name, got ${shown(arn)}`);

      if (given !== partition) throw new Error(`${name} must hold ARNs of partition ${partition}, got ${shown(arn)}: give the accountType of the base account`);
    }
  }
}
