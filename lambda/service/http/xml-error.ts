import { VendorWords } from './judge';
import { HttpAnswer } from './transport';

/** The beginning of an answer, which has its error. */
const LOOKED_AT = 10_000;

/** The error in an XML answer. The service answers in XML, also with HTTP 200, when it fails before it reads the headers that ask for JSON. */
export function xmlError({ text }: HttpAnswer): VendorWords | undefined {
  const beginning = text.slice(0, LOOKED_AT);
  if (!beginning.trimStart().startsWith('<')) return undefined;
  const code = contentOf('responseCode', beginning);
  return code === undefined || code === 'SUCCESS' ? undefined : { code, message: contentOf('errorMessage', beginning) };
}

function contentOf(element: string, xml: string): string | undefined {
  const [start, end] = [`<${element}>`, `</${element}>`];
  const from = xml.indexOf(start);
  const to = from < 0 ? -1 : xml.indexOf(end, from);
  return to < 0 ? undefined : xml.slice(from + start.length, to).replace(/^<!\[CDATA\[|\]\]>$/g, '').trim();
}
