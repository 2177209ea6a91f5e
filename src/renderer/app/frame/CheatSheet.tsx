import { Modal, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core'
import { IconKeyboard } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { KeyCap } from '../../ui/KeyCap.tsx'
import { useCommands } from '../commands.ts'
import { isSingleKey, type KeyGroup } from '../keys/keyboard.ts'
import { useKeyGroups, useKeys } from '../keys/useKeys.ts'
import { useSettings } from '../session.ts'

/** Groups of the same title become one. */
const byTitle = (groups: readonly KeyGroup[]): readonly KeyGroup[] =>
  [...Map.groupBy(groups, ({ title }) => title)].map(([title, same]) => ({
    title,
    bindings: same.flatMap(({ bindings }) => bindings),
  }))

/** F1: every key that works on the present screen. */
export function CheatSheet() {
  const { t } = useTranslation(['common', 'menu'])
  const [opened, setOpened] = useState(false)
  const groups = useKeyGroups()
  const { singleKeys } = useSettings()
  const title = t('keys.title')
  useKeys(t('keys.everywhere'), [{ press: 'F1', label: title, run: () => setOpened(true), whileTyping: true }])
  useCommands([
    { id: 'shortcuts', label: t('menu:shortcuts'), icon: IconKeyboard, press: 'F1', run: () => setOpened(true) },
  ])
  return (
    <Modal
      opened={opened}
      onClose={() => setOpened(false)}
      title={title}
      size="xl"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Text size="sm" c="dimmed" mb="sm">
        {t(singleKeys ? 'keys.by-position' : 'keys.single-off')}
      </Text>
      <SimpleGrid cols={2} spacing="xl">
        {byTitle(groups).map((group) => (
          <Stack key={group.title} gap={6}>
            <Title order={3}>{group.title}</Title>
            <Table verticalSpacing={4} fz="sm">
              <Table.Tbody>
                {group.bindings.map(({ press, label }) => (
                  <Table.Tr key={press} opacity={!singleKeys && isSingleKey(press) ? 0.6 : 1}>
                    <Table.Td w={120}>
                      <KeyCap press={press} />
                    </Table.Td>
                    <Table.Td>{label}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Stack>
        ))}
      </SimpleGrid>
    </Modal>
  )
}
