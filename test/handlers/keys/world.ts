import { randomUUID } from 'node:crypto';
import { KeyEngine } from '../../../lambda/keys/engine';
import { Redactor } from '../../../lambda/runtime/redact';
import { FakeAccount } from '../../support/fake-aws/account';
import { Calls } from '../../support/fake-aws/calls';
import { FakeSecret } from '../../support/fake-aws/secret';
import { fakeUserKeys } from '../../support/fake-aws/user-keys';
import { FakeClock } from '../../support/fake-clock';

export const USER = 'qualys-base-account';

/** A user without a key, a secret without a value. */
export class KeyWorld {
  public readonly clock = new FakeClock();
  public readonly account = new FakeAccount('111111111111', () => this.clock.now());
  public readonly secret = new FakeSecret('arn:aws:secretsmanager:us-east-1:111111111111:secret:BaseAccountKey-a1b2c3');

  public constructor() {
    this.account.users.add(USER);
  }

  /** What one run of a handler works with. */
  public engine(calls = new Calls(), userName = USER, stack: string | undefined = 'the-stack'): KeyEngine {
    return {
      owner: { userName, accountId: this.account.accountId },
      userKeys: fakeUserKeys(this.account, userName, calls.outbound),
      secret: this.secret.port(calls.outbound),
      clock: this.clock,
      redactor: new Redactor(),
      stack,
      newVersionId: randomUUID,
    };
  }

  /** A key that a person made. */
  public foreignKey(userName = USER): string {
    return this.account.createKey(userName).accessKeyId;
  }

  public get keyIds(): string[] {
    return this.account.keys.map((key) => key.accessKeyId);
  }

  /** The key that the secret holds as the current one, if AWS lets it in. */
  public get workingKey(): string | undefined {
    const stored = this.secret.json('AWSCURRENT');
    return stored && this.account.caller({ accessKeyId: stored.accessKeyId!, secretAccessKey: stored.secretAccessKey! })?.accessKeyId;
  }
}
