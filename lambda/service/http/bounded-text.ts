import { NoUsableAnswer } from './errors';

/** Far more than any answer about one object, or about a page of a hundred. */
export const MAXIMUM_BODY_BYTES = 1024 * 1024;

/** The body as text, read up to the limit. */
export async function boundedText(operation: string, response: Response, maximumBytes = MAXIMUM_BODY_BYTES): Promise<string> {
  if (response.body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop cancels the rest of the body.
  for await (const chunk of response.body as ReadableStream<Uint8Array> & AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maximumBytes) throw new NoUsableAnswer(operation, 'too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
