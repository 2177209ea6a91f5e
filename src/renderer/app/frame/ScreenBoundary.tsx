import { Component, type ReactNode } from 'react'
import { ProblemCard } from '../../ui/ProblemCard.tsx'
import { problemOf } from '../problems.ts'
import classes from './ScreenBoundary.module.css'

interface State {
  readonly error: unknown
}

/** A screen that breaks shows its problem; rail, status bar and what was saved stay. */
export class ScreenBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: null }

  static getDerivedStateFromError(error: unknown): State {
    return { error }
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children
    return (
      <div className={classes.broken}>
        <ProblemCard problem={problemOf(this.state.error)} retry={() => this.setState({ error: null })} />
      </div>
    )
  }
}
