/**
 * An error that the person who deploys has to know of or act on. Its message is shown as it is. It says what was wrong, what was given,
 * what is allowed and what to do, and never has a secret, a body or a header.
 */
export class DeployError extends Error {
  public override readonly name: string = 'DeployError';
}

/** A Create has failed before it began anything, so nothing has to be deleted. The message is that of the cause. */
export class NotBegun extends Error {
  public override readonly name = 'NotBegun';

  public constructor(public override readonly cause: unknown) {
    super('not begun');
  }
}

/** A call had no answer within its own time limit. Nobody knows whether it took effect. */
export class NoAnswer extends Error {
  public override readonly name = 'NoAnswer';

  public constructor(public readonly step: string, milliseconds: number) {
    super(`'${step}' had no answer within ${Math.round(milliseconds / 1_000)} seconds. Check that the function can reach the service that it calls: with a VPC, `
      + 'its endpoints, subnets, security groups and NAT. Then try again');
  }
}

/** The time for this request is used up. The answer has been sent or is about to be. */
export class DeadlineExceeded extends Error {
  public override readonly name = 'DeadlineExceeded';

  public constructor(public readonly step: string) {
    super(`the time for this request was used up before the step '${step}'`);
  }
}
