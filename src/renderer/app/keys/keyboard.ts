import { matchKeyBindingPress, parseKeybinding } from 'tinykeys'

/**
 * Keys by position. `press` is written for KeyboardEvent.code ("KeyJ", "$mod+Enter", "Shift+Digit1"), because the Kazakh layout has no
 * digit row: Digit2 types ә there.
 */
export interface KeyBinding {
  readonly press: string
  /** What it does, in the officer's language, for the cheat sheet. */
  readonly label: string
  readonly run: (event: KeyboardEvent) => void
  /** Works also while the officer types; only for presses with Ctrl or Alt, function keys and Escape. */
  readonly whileTyping?: boolean
}

export interface KeyGroup {
  readonly title: string
  readonly bindings: readonly KeyBinding[]
}

/** A press of one key without Ctrl, Alt or a function key: these are off while typing and can be switched off altogether. */
export const isSingleKey = (press: string): boolean => !/\$mod|Control|Alt|Meta|^(Shift\+)?F\d+$|Escape/.test(press)

export interface KeyState {
  readonly singleKeys: boolean
  readonly typing: boolean
  /** Where the focus is, single keys choose something but no text is written. */
  readonly choosing: boolean
  readonly inDialog: boolean
}

/** The binding that a key press means, the latest group first; undefined when it means nothing here. */
export function bindingFor(groups: readonly KeyGroup[], event: KeyboardEvent, state: KeyState): KeyBinding | undefined {
  if (state.inDialog || event.isComposing) return undefined
  for (const { bindings } of groups.toReversed())
    for (const binding of bindings) {
      const held = state.typing && !state.choosing && !binding.whileTyping
      if (isSingleKey(binding.press) ? !state.singleKeys || state.typing : held) continue
      const [press] = parseKeybinding(binding.press)
      if (press && matchKeyBindingPress(event, press)) return binding
    }
  return undefined
}

const TYPED = /^(text|search|number|email|tel|url|password|date|datetime-local|month|time|week|)$/

const isText = (target: HTMLElement): boolean =>
  target instanceof HTMLInputElement
    ? TYPED.test(target.getAttribute('type') ?? '')
    : target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable

/** Whether what is typed here becomes text, or chooses in a list. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return isText(target)
  return isText(target) || target.closest('[data-own-keys], [role="listbox"], [role="menu"], [role="grid"]') !== null
}

/** Whether single keys choose something here: those with Ctrl mean what they mean everywhere. */
export const isChoosing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('[data-own-keys]') !== null && !isText(target)

const NAMES: Readonly<Record<string, string>> = {
  Enter: 'Enter',
  Escape: 'Esc',
  BracketLeft: '[',
  BracketRight: ']',
  Slash: '/',
  Comma: ',',
  Period: '.',
  Minus: '−',
  Equal: '+',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Shift: '⇧',
  $mod: 'Ctrl',
  Control: 'Ctrl',
}

/** Caps of a press, as printed on a keyboard: "$mod+Enter" → ["Ctrl", "⏎"]. */
export const keyCaps = (press: string): readonly string[] =>
  press.split('+').map((part) => NAMES[part] ?? part.replace(/^(Key|Digit)/, ''))
