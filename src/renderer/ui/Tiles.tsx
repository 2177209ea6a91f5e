import { UnstyledButton } from '@mantine/core'
import classes from './Tiles.module.css'

export interface Tile {
  readonly name: string
  readonly label: string
  /** Formatted. */
  readonly value: string
  readonly alarming?: boolean
}

interface Props {
  readonly label: string
  readonly tiles: readonly Tile[]
  /** Makes the tiles buttons that choose one. */
  readonly choose?: (name: string) => void
  readonly chosen?: string | null
  /** Low, the number before its word: for many figures above something that matters more. */
  readonly strip?: boolean
  /** All in one row of equal columns, their words on several lines: for dialogs. */
  readonly oneRow?: boolean
}

/** Figures side by side, the number above its word. */
export function Tiles({ label, tiles, choose, chosen = null, strip = false, oneRow = false }: Props) {
  return (
    <fieldset className={classes.tiles} aria-label={label} data-strip={strip} data-one-row={oneRow} data-figures>
      {tiles.map((tile) =>
        choose ? (
          <UnstyledButton
            key={tile.name}
            className={classes.tile}
            data-tile={tile.name}
            data-alarming={tile.alarming}
            aria-pressed={chosen === tile.name}
            onClick={() => choose(tile.name)}
          >
            <Figure tile={tile} />
          </UnstyledButton>
        ) : (
          <div key={tile.name} className={classes.tile} data-tile={tile.name} data-alarming={tile.alarming}>
            <Figure tile={tile} />
          </div>
        ),
      )}
    </fieldset>
  )
}

const Figure = ({ tile }: { readonly tile: Tile }) => (
  <>
    <span className={classes.value}>{tile.value}</span>
    <span className={classes.label}>{tile.label}</span>
  </>
)
