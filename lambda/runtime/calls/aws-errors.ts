/** Returns undefined when AWS answers with this error. */
export async function unless<T>(errorName: string, answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isNamed(error, errorName)) return undefined;
    throw error;
  }
}

/** IAM, or a policy of the organization, refuses the call. The last name is that of SNS. */
export function isAccessDenied(error: unknown): error is Error {
  return isNamed(error, 'AccessDenied', 'AccessDeniedException', 'AuthorizationErrorException');
}

export function isNamed(error: unknown, ...names: readonly string[]): error is Error {
  return error instanceof Error && names.includes(error.name);
}
