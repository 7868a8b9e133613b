import { fileURLToPath } from 'node:url';

/** The program of `EngineClient` whose listGenerations does what its setPath says. */
export const scriptedEngine = fileURLToPath(new URL('../fixtures/scripted-engine.ts', import.meta.url));
