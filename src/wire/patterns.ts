/** ARN of an IAM role: partition and account are captured. The path holds any visible ASCII character, the name 1 to 64 of its own. */
export const ROLE_ARN = /^arn:(aws[a-z-]*):iam::(\d{12}):role\/(?:[!-~]{1,510}\/)?[\w+=,.@-]{1,64}$/;

/** External ID, as `AssumeRole` takes it: 2 to 1,224 of these. */
export const EXTERNAL_ID_CHARACTERS = /^[\w+=,.@:/-]+$/;
export const EXTERNAL_ID_MINIMUM = 2;
export const EXTERNAL_ID_MAXIMUM = 1224;

export function isExternalId(value: string): boolean {
  return EXTERNAL_ID_CHARACTERS.test(value) && value.length >= EXTERNAL_ID_MINIMUM && value.length <= EXTERNAL_ID_MAXIMUM;
}
