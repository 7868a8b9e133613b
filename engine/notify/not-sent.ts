/** A notification was not accepted; the message tells people why, and what helps. */
export class NotSent extends Error {
  override readonly name = 'NotSent';
}
