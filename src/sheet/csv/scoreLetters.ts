/** Letters of Russian and Kazakh text by how common they are; capitals count like small letters. */
const COMMON = 'оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё'
const KAZAKH = 'әғқңөұүһі'

/**
 * How much a text looks like Russian or Kazakh: common letters count for it; a small letter before a capital, letters of other
 * alphabets, box drawing and signs inside words count against. Per character, so texts of any length compare.
 */
export function scoreLetters(text: string): number {
  let score = 0
  let counted = 0
  let before = ''
  for (const character of text) {
    if (character > '\x7f') {
      counted += 1
      score += scoreOf(character, before)
    }
    before = character
  }
  return counted === 0 ? 0 : score / counted
}

function scoreOf(character: string, before: string): number {
  const small = character.toLowerCase()
  const afterSmall = isLetter(before) && before === before.toLowerCase()
  const capitalInside = small !== character && afterSmall
  const rank = COMMON.indexOf(small)
  if (rank >= 0) return (rank < 12 ? 2 : rank < 24 ? 1.3 : 0.6) - (capitalInside ? 3 : 0)
  if (KAZAKH.includes(small))
    return (isLetter(before) || before === ' ' || before < '\x7f' ? 1.2 : 0) - (capitalInside ? 3 : 0)
  if (character === '�') return -8
  if (isLetter(character)) return -3
  // №, «», – and the no-break space are at home in such lists.
  if ('№«»–—\u00a0…•°§'.includes(character)) return isLetter(before) && character === '№' ? -1 : 0.3
  return -3
}

function isLetter(character: string): boolean {
  return character.toLowerCase() !== character.toUpperCase()
}
