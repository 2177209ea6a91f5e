import { Button, Group, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  readonly message: string
  readonly seconds: number
  readonly undo: () => void
}

/** A notice with an undo button that counts its seconds down. */
export function UndoNotice({ message, seconds, undo }: Props) {
  const { t } = useTranslation('common')
  const [left, setLeft] = useState(seconds)
  useEffect(() => {
    const timer = setInterval(() => setLeft((now) => Math.max(0, now - 1)), 1000)
    return () => clearInterval(timer)
  }, [])
  return (
    <Group justify="space-between" gap="sm" wrap="nowrap">
      <Text size="sm">{message}</Text>
      <Button size="compact-sm" variant="default" onClick={undo}>
        {t('undo-left', { seconds: left })}
      </Button>
    </Group>
  )
}
