import { visible } from '../words';

/** Cut at a whole character, for pictures. */
export function cut(text: string, most = 48): string {
  const characters = [...visible(text)];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : characters.join('');
}

const entity = (character: string) => `&#${character.charCodeAt(0)};`;

export const html = (text: string): string => visible(text).replace(/[&<>"']|:(?=\/\/)/g, entity);

/** No character of a name is markup, a link or a mention. */
export const markdown = (text: string): string => visible(text).replace(/[&<>"|`*[\]\\~#@!$]|_(?![\w])|(?<!\w)_|:(?=\/\/)|(?<=www)\./gi, entity);

/** A name as code, where it holds nothing that ends the code or the cell. */
export const code = (text: string): string => (/^[\w+=,.@/:${}‹› -]+$/.test(text) ? `\`${text}\`` : markdown(text));

/** Mermaid's own entities, by code point. Letters and digits of any script stay as they are. */
export function mermaid(text: string): string {
  return cut(text).replace(/[^\p{L}\p{N} .,:/+=@()‹›…-]|:(?=\/\/)/gu, (character) => `#${character.codePointAt(0)};`);
}
