import { themeQuartz } from 'ag-grid-community'

/** The desk's colours, sizes and lines; light and dark follow the variables. */
export const gridTheme = themeQuartz.withParams({
  accentColor: 'var(--tamga-accent)',
  backgroundColor: 'var(--tamga-raised)',
  borderColor: 'var(--tamga-line)',
  borderRadius: 4,
  browserColorScheme: 'inherit',
  cellTextColor: 'var(--mantine-color-text)',
  fontFamily: 'inherit',
  fontSize: 13,
  foregroundColor: 'var(--mantine-color-text)',
  headerBackgroundColor: 'var(--tamga-sunken)',
  headerFontWeight: 600,
  headerTextColor: 'var(--mantine-color-text)',
  oddRowBackgroundColor: 'var(--tamga-raised)',
  rowHoverColor: 'var(--tamga-accent-soft)',
  selectedRowBackgroundColor: 'var(--tamga-accent-soft)',
  spacing: 5,
  subtleTextColor: 'var(--mantine-color-dimmed)',
  textColor: 'var(--mantine-color-text)',
  wrapperBorderRadius: 4,
})
