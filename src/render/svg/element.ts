/** Attribute values; what is undefined is left out. */
type Attributes = { readonly [name: string]: string | number | undefined };

/** An element of XML, as text. Children are elements already, or text that went through `escaped`. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const told = Object.entries(attributes).map(([key, value]) =>
    value === undefined ? "" : ` ${key}="${typeof value === "number" ? rounded(value) : escaped(value)}"`,
  );
  const start = `<${name}${told.join("")}`;
  return children.length === 0 ? `${start}/>` : `${start}>${children.join("")}</${name}>`;
}

/** Two decimals are enough for any screen. */
export function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}

const ENTITIES: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as XML may hold it: names come from anywhere, and some characters may not stand in XML at all. */
export function escaped(text: string): string {
  let safe = "";
  for (const character of text) {
    safe += ENTITIES[character] ?? (isAllowed(character) ? character : "\ufffd");
  }
  return safe;
}

function isAllowed(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d;
  const isLoneSurrogate = code >= 0xd800 && code <= 0xdfff;
  return !isLoneSurrogate && code !== 0xfffe && code !== 0xffff;
}
