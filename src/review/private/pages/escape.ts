/** Control characters, and those that turn or hide what is beside them, are shown as `\u202e`. */
export function visible(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Cut at a whole character, for pictures. */
export function cut(text: string, most = 48): string {
  const characters = [...visible(text)];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : characters.join('');
}

export function html(text: string): string {
  return visible(text).replace(/[&<>"']|:(?=\/\/)/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** No character of a name is markup, a link or a mention. */
export function markdown(text: string): string {
  return visible(text).replace(/[&<>"|`*[\]\\~#@!$]|_(?![\w])|(?<!\w)_|:(?=\/\/)|(?<=www)\./gi, (character) => `&#${character.charCodeAt(0)};`);
}

/** A name as code, where it holds nothing that ends the code or the cell. */
export function code(text: string): string {
  return /^[\w+=,.@/:${}‹› -]+$/.test(text) ? `\`${text}\`` : markdown(text);
}

/** Mermaid's own entities, by code point. Letters and digits of any script stay as they are. */
export function mermaid(text: string): string {
  return [...cut(text)].map((character) => (/[\p{L}\p{N} .,:/+=@()‹›…-]/u.test(character) ? character : `#${character.codePointAt(0)};`)).join('')
    .replace(/:(?=\/\/)/g, '#58;');
}
