import { ActionIcon, Collapse, Group, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Policy } from './SimulatePolicy.tsx'

interface Props {
  readonly rules: Policy['precedence']
  readonly change: (rules: Policy['precedence']) => void
}

/** Order of the rules, the strongest first; each can be moved by one. */
export function RuleOrder({ rules, change }: Props) {
  const { t } = useTranslation(['registry', 'listing'])
  const [open, setOpen] = useState(false)
  const move = (from: number, to: number): void => {
    const next = [...rules]
    const [rule] = next.splice(from, 1)
    if (rule) next.splice(to, 0, rule)
    change(next)
  }
  const Chevron = open ? IconChevronDown : IconChevronRight
  return (
    <div>
      <UnstyledButton aria-expanded={open} onClick={() => setOpen(!open)} data-testid="rule-order">
        <Group gap={4}>
          <Chevron size={16} aria-hidden />
          <Text size="sm" fw={600}>
            {t('policy.precedence')}
          </Text>
        </Group>
      </UnstyledButton>
      <Collapse expanded={open} keepMounted={false}>
        <Stack component="ol" gap={2} mt="xs" pl="xl">
          {rules.map((rule, at) => (
            <li key={rule} data-rule={rule}>
              <Group gap="xs">
                <ActionIcon
                  variant="subtle"
                  size="sm"
                  aria-label={t('policy.stronger', { rule: t(`listing:rule.${rule}`) })}
                  disabled={at === 0}
                  onClick={() => move(at, at - 1)}
                >
                  <IconArrowUp size={14} aria-hidden />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  size="sm"
                  aria-label={t('policy.weaker', { rule: t(`listing:rule.${rule}`) })}
                  disabled={at === rules.length - 1}
                  onClick={() => move(at, at + 1)}
                >
                  <IconArrowDown size={14} aria-hidden />
                </ActionIcon>
                <Text size="sm">{t(`listing:rule.${rule}`)}</Text>
              </Group>
            </li>
          ))}
        </Stack>
      </Collapse>
    </div>
  )
}
