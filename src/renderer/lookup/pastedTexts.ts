/** Texts of pasted lists by name: far too long for an address. The latest few, so that going back finds them. */
const KEPT = 5
const texts = new Map<string, string>()

/** Keeps a pasted text; answers the name it goes by in the address. */
export function keepPasted(text: string): string {
  for (const [name, known] of texts) if (known === text) return name
  const name = crypto.randomUUID()
  texts.set(name, text)
  for (const oldest of [...texts.keys()].slice(0, -KEPT)) texts.delete(oldest)
  return name
}

/** The text of that name; null when the window no longer has it. */
export const pastedText = (name: string): string | null => texts.get(name) ?? null
