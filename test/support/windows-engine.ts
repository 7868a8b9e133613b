import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runWindowsNode, windowsPath } from '../../scripts/wine/run.ts';
import type { Note } from './engine-process.ts';

export interface WindowsRequest {
  method: string;
  params: object;
}

export interface WindowsAnswer {
  result?: unknown;
  error?: { id: string; message: string };
  notes: Note[];
}

/** Answers of one engine for Windows, on Wine, to requests made one after the other; a refusal is an error. */
export function askWindowsEngine<T>(...requests: WindowsRequest[]): Promise<{ result: T; notes: Note[] }[]> {
  return askWindowsEngineWith<T>({}, ...requests);
}

/** The same of one that has more in its environment. */
export async function askWindowsEngineWith<T>(
  env: Record<string, string>,
  ...requests: WindowsRequest[]
): Promise<{ result: T; notes: Note[] }[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mirrorbackup-requests-'));
  try {
    const [requestFile, answerFile] = [join(folder, 'requests.json'), join(folder, 'answers.json')];
    writeFileSync(requestFile, JSON.stringify(requests));
    const { exitCode, stdout, stderr } = await runWindowsNode(
      ['test/fixtures/answer-requests.ts', windowsPath(requestFile), windowsPath(answerFile)],
      { env },
    );
    if (exitCode !== 0) throw new Error(`The engine under Wine ended with ${exitCode}: ${stdout}${stderr}`);
    const answers = JSON.parse(readFileSync(answerFile, 'utf8')) as WindowsAnswer[];
    return answers.map(({ result, error, notes }) => {
      if (error !== undefined) throw new Error(`${error.id}: ${error.message}`);
      return { result: result as T, notes };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
