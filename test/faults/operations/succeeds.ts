import type { Answer } from '../../support/cloudformation/answers';

/** Whether a request is answered, and well. */
export async function succeeds(answer: Promise<Answer | undefined>): Promise<boolean> {
  return (await answer)?.Status === 'SUCCESS';
}
