import koffi, { type KoffiFunc, type TypeObject } from 'koffi';
import { NativeError } from '../../types.ts';
import { callAsync } from '../library.ts';
import { GUID, type GuidValue, guidValue } from './guid.ts';
import { describeHresult } from '../../vss/hresults.ts';
import { Interrupted, type Patience } from '../../vss/patience.ts';
import { type InterfaceName, interfaces, type Method, type Parameter } from './slots.ts';

type Value = number | string | null;
type Entry = KoffiFunc<(...values: (number | string | null | GuidValue)[]) => number>;

const POINTER_SIZE = 8;
const TYPES = { address: 'size_t', int: 'int', byte: 'uint8_t', text: 'str16', guid: GUID } as const;
const prototypes = new Map<string, TypeObject>();

/**
 * An interface of an object of COM, called through its table of functions. Every call runs on a thread of its own and may
 * be waited for as long as there is patience. {@link release} it on every path.
 */
export class ComObject<I extends InterfaceName> {
  readonly #name: I;
  #address: number;
  /** A call that has not come back: until then nothing can be asked of the object, not even to go. */
  #stuck: Promise<unknown> | undefined;

  /** @param address of an interface that the caller owns */
  constructor(name: I, address: number) {
    this.#name = name;
    this.#address = address;
  }

  /**
   * @returns the HRESULT, which is not a failure
   * @throws NativeError when it is; Interrupted
   */
  async call(method: keyof (typeof interfaces)[I] & string, patience: Patience, ...values: Value[]): Promise<number> {
    const call = `${this.#name}::${method}`;
    patience.check(call);
    const code = await this.#invoke(method, call, patience, values);
    if (code < 0) throw comError(call, code);
    return code;
  }

  /** Gives the object up. Does not throw: there is nothing more that could be done. */
  async release(patience: Patience): Promise<void> {
    if (this.#address === 0) return;
    if (this.#stuck) {
      void this.#stuck.then(() => this.#release(patience));
      return;
    }
    await this.#release(patience);
  }

  async #release(patience: Patience): Promise<void> {
    this.#stuck = undefined;
    const released = this.#invoke('Release', `${this.#name}::Release`, patience, []);
    this.#address = 0;
    await released.catch(() => undefined);
  }

  async #invoke(name: string, call: string, patience: Patience, values: readonly Value[]): Promise<number> {
    if (this.#stuck) throw new Interrupted(call, 'timedOut');
    if (this.#address === 0) throw new TypeError(`${call} after Release`);
    const method = (interfaces[this.#name] as Record<string, Method>)[name];
    const entry = entryOf(this.#address, method);
    const converted = values.map((value, i) =>
      method.parameters[i] === 'guid' && typeof value === 'string' ? guidValue(value) : value,
    );
    const running = callAsync(entry, [this.#address, ...converted]);
    try {
      return await patience.bound(call, running);
    } catch (error) {
      if (error instanceof Interrupted) this.#stuck = running.catch(() => undefined);
      throw error;
    }
  }
}

export function comError(call: string, code: number): NativeError {
  return new NativeError(call, describeHresult(code));
}

function entryOf(object: number, { slot, parameters }: Method): Entry {
  const table = koffi.decode(BigInt(object), 'void *') as bigint;
  const entry = koffi.decode(table, slot * POINTER_SIZE, 'void *') as bigint;
  return koffi.decode(entry, prototypeOf(parameters)) as Entry;
}

function prototypeOf(parameters: readonly Parameter[]): TypeObject {
  const key = parameters.join();
  const known = prototypes.get(key);
  if (known) return known;
  const made = koffi.proto('int', ['size_t', ...parameters.map((parameter) => TYPES[parameter])]);
  prototypes.set(key, made);
  return made;
}
