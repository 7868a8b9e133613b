/** Node's fast paths for one encoding; public on every Buffer, missing from the type package. */
interface Buffer {
  latin1Slice(start?: number, end?: number): string;
  latin1Write(text: string, offset?: number, length?: number): number;
}
