import { awsError } from './account';

/** The characters that AWS allows in tags. */
export function checkTag(key: string, value: string): void {
  if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(key) || !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(value)) {
    throw awsError('InvalidParameterException',
      'not a tag key or value');
  }
}
