/** Secrets Manager names the version of a rotation by its token, 32 to 64 characters. */
export const FIRST_TOKEN = '11111111-2222-4333-8444-555555555555';
export const SECOND_TOKEN = '99999999-2222-4333-8444-555555555555';
