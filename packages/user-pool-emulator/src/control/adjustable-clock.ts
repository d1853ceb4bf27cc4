/** A clock that tests move: the system's time, shifted, until it is told to stand still. */
export class AdjustableClock {
  #offset = 0
  #frozenAt: number | undefined

  /** Return its time; takes the place of the `clock` option. */
  readonly now = (): Date => new Date(this.#frozenAt ?? Date.now() + this.#offset)

  /** Tell whether it stands still. */
  get frozen(): boolean {
    return this.#frozenAt !== undefined
  }

  /**
   * Set the time.
   * @param time milliseconds since 1970
   * @param frozen whether it stands still from now on
   */
  set(time: number, frozen: boolean): void {
    this.#offset = time - Date.now()
    this.#frozenAt = frozen ? time : undefined
  }

  /**
   * Move the time, forwards or backwards.
   * @param seconds how far
   */
  advance(seconds: number): void {
    this.set(this.now().getTime() + seconds * 1000, this.frozen)
  }

  /** Return to the system's time. */
  reset(): void {
    this.#offset = 0
    this.#frozenAt = undefined
  }

  /** Return what `restore` takes. */
  save(): { offset: number; frozenAt: number | undefined } {
    return { offset: this.#offset, frozenAt: this.#frozenAt }
  }

  /**
   * Go on as a saved clock.
   * @param saved what `save` returned
   */
  restore({ offset, frozenAt }: { offset: number; frozenAt?: number | undefined }): void {
    this.#offset = offset
    this.#frozenAt = frozenAt
  }
}
