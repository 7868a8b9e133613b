import { catalogue } from './catalogue.mjs';
import { deletion } from './deletion.mjs';
import { first } from './first.mjs';
import { mutated } from './mutated.mjs';
import { scale } from './scale.mjs';
import { start } from './start.mjs';
import { unchanged } from './unchanged.mjs';
import { verify } from './verify.mjs';
import { wine } from './wine.mjs';

/** In the order they run: `mutated` changes the tree the others share, `scale` needs its room. */
export const availableScenarios = [start, unchanged, first, deletion, verify, mutated, catalogue, scale, wine];
