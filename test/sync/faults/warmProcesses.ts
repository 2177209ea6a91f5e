import type { ChildProcess } from 'node:child_process'

/**
 * Children that have loaded their program and wait to be told what to open. A test that kills processes hundreds of times then waits
 * for a file to be opened and not for a program to be loaded: the next one has loaded it meanwhile.
 */
export class WarmProcesses {
  readonly #spawn: () => ChildProcess
  #waiting: ChildProcess | null = null
  #wanted = false

  constructor(spawn: () => ChildProcess) {
    this.#spawn = spawn
    // nobody else knows of the one that waits
    process.on('exit', () => this.#waiting?.kill('SIGKILL'))
  }

  /** From now on one waits always: called when a test first kills one. */
  keep(): void {
    this.#wanted = true
    this.#fill()
  }

  take(): ChildProcess {
    const child = this.#waiting ?? this.#spawn()
    this.#waiting = null
    hold(child, true)
    child.removeAllListeners('exit')
    return child
  }

  /** Prepares the next one, once the one that was taken is at work. */
  refill(): void {
    if (this.#wanted) this.#fill()
  }

  #fill(): void {
    if (this.#waiting) return
    const child = this.#spawn()
    hold(child, false)
    // one that ended while it waited is no use
    child.once('exit', () => {
      if (this.#waiting === child) this.#waiting = null
    })
    this.#waiting = child
  }
}

interface Handle {
  ref(): void
  unref(): void
}

/** Whether a child and its pipes keep the process that started it from ending. */
function hold(child: ChildProcess, held: boolean): void {
  const ends = [child, child.channel, child.stdin, child.stdout, child.stderr] as (Handle | null | undefined)[]
  for (const end of ends)
    if (held) end?.ref()
    else end?.unref()
}
