import { describe, expect, it } from 'vitest'
import { bindingFor, isSingleKey, type KeyGroup, type KeyState, keyCaps } from '../../src/renderer/app/keys/keyboard.ts'
import { typedDigit } from '../../src/renderer/app/keys/typedDigit.ts'

const READING: KeyState = { singleKeys: true, typing: false, choosing: false, inDialog: false }

/** A press on a layout: `code` is the place of the key, `key` what it types there. */
function press(code: string, key: string, held: readonly string[] = []): KeyboardEvent {
  return { code, key, isComposing: false, getModifierState: (name: string) => held.includes(name) } as KeyboardEvent
}

const nothing = (): void => undefined
const group = (title: string, presses: readonly string[], whileTyping = false): KeyGroup => ({
  title,
  bindings: presses.map((one) => ({ press: one, label: `${title} ${one}`, run: nothing, whileTyping })),
})
const label = (groups: readonly KeyGroup[], event: KeyboardEvent, state: Partial<KeyState> = {}): string | undefined =>
  bindingFor(groups, event, { ...READING, ...state })?.label

describe('keys go by their place', () => {
  const review = group('review', ['Digit2', 'KeyJ', 'BracketLeft', '$mod+Enter'])

  it('the second key of the digit row contradicts on every layout, also where it types ә', () => {
    expect(label([review], press('Digit2', '2'))).toBe('review Digit2')
    expect(label([review], press('Digit2', 'ә'))).toBe('review Digit2')
    expect(label([review], press('Digit2', '"'))).toBe('review Digit2')
  })

  it('J is the key under the right forefinger, whatever it types', () => {
    expect(label([review], press('KeyJ', 'о'))).toBe('review KeyJ')
    expect(label([review], press('BracketLeft', 'х'))).toBe('review BracketLeft')
  })

  it('a key with Ctrl held is another press', () => {
    expect(label([review], press('KeyJ', 'j', ['Control']))).toBeUndefined()
    expect(label([review], press('Enter', 'Enter', ['Control']))).toBe('review $mod+Enter')
  })
})

describe('single keys', () => {
  const groups = [group('review', ['Digit1', 'F6']), group('submit', ['$mod+Enter'], true)]

  it('are off while typing, and Ctrl+Enter is not', () => {
    expect(label(groups, press('Digit1', '1'), { typing: true })).toBeUndefined()
    expect(label(groups, press('Enter', 'Enter', ['Control']), { typing: true })).toBe('submit $mod+Enter')
  })

  it('choose reasons where the focus is in them, and Ctrl+Z takes back there too, but not in a text', () => {
    const keys = [group('review', ['Digit1']), group('everywhere', ['$mod+KeyZ'])]
    expect(label(keys, press('Digit1', '1'), { typing: true, choosing: true })).toBeUndefined()
    expect(label(keys, press('KeyZ', 'z', ['Control']), { typing: true, choosing: true })).toBe('everywhere $mod+KeyZ')
    expect(label(keys, press('KeyZ', 'z', ['Control']), { typing: true })).toBeUndefined()
  })

  it('can be switched off; function keys and Ctrl stay', () => {
    expect(label(groups, press('Digit1', '1'), { singleKeys: false })).toBeUndefined()
    expect(label(groups, press('F6', 'F6'), { singleKeys: false })).toBe('review F6')
  })

  it('do nothing behind a dialog', () => {
    expect(label(groups, press('Digit1', '1'), { inDialog: true })).toBeUndefined()
    expect(label(groups, press('F6', 'F6'), { inDialog: true })).toBeUndefined()
  })

  it.each([
    ['KeyA', true],
    ['Digit1', true],
    ['BracketLeft', true],
    ['$mod+KeyK', false],
    ['F1', false],
    ['Shift+F6', false],
    ['Escape', false],
  ])('%s counts as one: %s', (one, single) => expect(isSingleKey(one)).toBe(single))
})

it('the screen in front takes a key before the ones behind it', () => {
  expect(label([group('everywhere', ['KeyS']), group('review', ['KeyS'])], press('KeyS', 's'))).toBe('review KeyS')
})

it('presses are written as on the keyboard', () => {
  expect(keyCaps('$mod+Enter')).toEqual(['Ctrl', 'Enter'])
  expect(keyCaps('Digit3')).toEqual(['3'])
  expect(keyCaps('BracketRight')).toEqual([']'])
  expect([...keyCaps('Comma'), ...keyCaps('Period')]).toEqual([',', '.'])
})

describe('digits in an IMEI box', () => {
  const held = { ctrlKey: false, altKey: false, metaKey: false, shiftKey: false }
  it('come from the place of the key when the layout types a letter there', () => {
    expect(typedDigit({ code: 'Digit2', key: 'ә', ...held })).toBe('2')
    expect(typedDigit({ code: 'Digit2', key: '2', ...held })).toBeNull()
    expect(typedDigit({ code: 'KeyA', key: 'ф', ...held })).toBeNull()
    expect(typedDigit({ code: 'Digit2', key: 'ә', ...held, ctrlKey: true })).toBeNull()
  })
})
