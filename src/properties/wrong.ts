/** One value of a message, under the name that the data calls it by. @public */
export type Detail = string | number | boolean;

/** What is wrong, for people and as data: the message is made of the details, so that both say the same. @public */
export interface Wrong {
  /** What is wrong, with the names and numbers that show it. */
  readonly message: string;
  readonly details: { readonly [name: string]: Detail };
}

/** The answer of a property whose premise the case does not meet: nothing is wrong, and nothing was asked. @public */
export const NOT_ASKED: readonly Wrong[] = Object.freeze([]);

/** Values of a message by name; one that there is none of reads "undefined", and is left out of the details. */
interface Named {
  readonly [name: string]: Detail | undefined;
}

/**
 * Says what is wrong, as a template in which every value bears a name: `group ${{ group: "web" }} replaces ${{ replaced: 2 }}`
 * reads "group web replaces 2" and has the details `{ group: "web", replaced: 2 }`. Several values in one place are read
 * as a list. Plain values are not accepted: one would be lost to whoever reads the details.
 *
 * @public
 */
export function wrong(texts: TemplateStringsArray, ...values: readonly Named[]): Wrong {
  const details: { [name: string]: Detail } = {};
  let message = texts[0] ?? "";
  for (const [at, named] of values.entries()) {
    for (const [name, value] of Object.entries(named)) if (value !== undefined) details[name] = value;
    message += `${Object.values(named).map(String).join(", ")}${texts[at + 1] ?? ""}`;
  }
  return { message, details };
}
