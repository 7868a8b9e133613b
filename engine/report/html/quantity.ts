import { format } from 'd3-format';
import { byteUnit, formatBytes } from '../format-bytes.ts';
import { countText } from '../../text/counts.ts';
import { durationText } from '../../text/durations.ts';

/** How numbers of one kind are shown: a scale is drawn in `unit(max)`, so that its ticks are round. */
export interface Quantity {
  unit: (max: number) => { size: number; text: (value: number) => string };
  text: (value: number) => string;
  /** Parts of one do not exist. */
  isWhole: boolean;
}

const short = format('~s');
const plain = format('~r');

export const bytes: Quantity = {
  isWhole: false,
  text: formatBytes,
  unit(max) {
    const { name, size } = byteUnit(max);
    return { size, text: (value) => `${plain(value)} ${name}` };
  },
};

export const counts: Quantity = {
  isWhole: true,
  text: countText,
  unit: () => ({ size: 1, text: (value) => (value < 10_000 ? countText(value) : short(value)) }),
};

export const durations: Quantity = {
  isWhole: false,
  text: durationText,
  unit(max) {
    const [size, name] = max < 120 ? [1, 's'] : max < 7200 ? [60, 'min'] : max < 172_800 ? [3600, 'h'] : [86_400, 'd'];
    return { size, text: (value) => `${plain(value)} ${name}` };
  },
};
