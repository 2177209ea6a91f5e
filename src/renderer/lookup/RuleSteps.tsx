import { VisuallyHidden } from '@mantine/core'
import { IconArrowNarrowRight, IconCircleCheckFilled, IconMinus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/useFormat.ts'
import type { Explained } from './Explanation.tsx'
import classes from './RuleSteps.module.css'

/** The policy's rules from the strongest to the weakest: which one decided, and why each other did not. */
export function RuleSteps({ rules }: { readonly rules: Explained['rules'] }) {
  const { t } = useTranslation('listing')
  const because = useBecause()
  return (
    <ol className={classes.steps}>
      {rules.map(({ rule, fired, because: why }) => (
        <li key={rule} className={classes.step} data-fired={fired} data-rule={rule}>
          {fired ? (
            <IconCircleCheckFilled size={18} aria-hidden />
          ) : why.key === 'outranked' ? (
            <IconArrowNarrowRight size={18} aria-hidden />
          ) : (
            <IconMinus size={18} aria-hidden />
          )}
          <span className={classes.rule}>
            {t(`rule.${rule}`)}
            <VisuallyHidden>{t(fired ? 'fired' : 'not-fired')}</VisuallyHidden>
          </span>
          <span className={classes.because}>{because(why.key, why.details)}</span>
        </li>
      ))}
    </ol>
  )
}

/** Words of a reason: dates, bodies and rules in it are put into the officer's language. */
function useBecause(): (key: string, details: Readonly<Record<string, string | number>>) => string {
  const { t } = useTranslation(['listing', 'term'])
  const { date } = useFormat()
  return (key, details) => {
    const words: Record<string, string> = {}
    for (const [name, value] of Object.entries(details)) {
      const text = String(value)
      words[name] = name === 'source' ? t(`term:source.${text}`) : name === 'by' ? t(`rule.${text}`) : date(text)
    }
    return t(`because.${key}`, words)
  }
}
