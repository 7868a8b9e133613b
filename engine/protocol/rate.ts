/**
 * A speed, smoothed exponentially over time: what happened `timeConstant` ago counts 1/e of what happens now. Divides two
 * decaying sums, so it is right from the first sample on, and samples may come at any distance.
 */
export class Rate {
  readonly #timeConstant: number;
  #amount = 0;
  #time = 0;

  constructor(timeConstantSeconds: number) {
    this.#timeConstant = timeConstantSeconds;
  }

  add(amount: number, seconds: number): void {
    const decay = Math.exp(-seconds / this.#timeConstant);
    this.#amount = this.#amount * decay + amount;
    this.#time = this.#time * decay + seconds;
  }

  /** Amount per second; undefined before any time has passed. */
  get perSecond(): number | undefined {
    return this.#time > 0 ? this.#amount / this.#time : undefined;
  }
}
