import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { exportReport } from '../../engine/report/export-report.ts';
import type { ExportOptions } from '../../engine/report/report-options.ts';
import type { WarningEntry } from '../../engine/types/protocol.ts';
import type { Report } from '../../engine/types/report.ts';

const schema = JSON.parse(
  readFileSync(new URL('../../config-schemas/report.schema.json', import.meta.url), 'utf8'),
) as object;
const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true, strict: true }).compile(
  closed(schema) as object,
);

/** A report in one of its forms, made by the sources. */
export async function reportText(
  setPath: string,
  format: ExportOptions['format'],
  options: Partial<ExportOptions> = {},
): Promise<{ text: string; status: string; warnings: WarningEntry[] }> {
  const warnings: WarningEntry[] = [];
  const listener = { progress: () => undefined, warning: (warning: WarningEntry) => void warnings.push(warning) };
  const { text, status } = await exportReport({ setPath, format, ...options }, listener, new AbortController().signal);
  return { text: text ?? '', status, warnings };
}

/** The data of a report, which fits its schema. */
export async function reportOn(setPath: string, options: Partial<ExportOptions> = {}): Promise<Report> {
  const report = JSON.parse((await reportText(setPath, 'Json', options)).text) as Report;
  expectSchema(report);
  return report;
}

/** Also nothing that the schema does not name. */
export function expectSchema(report: unknown): void {
  validate(report);
  expect(validate.errors ?? []).to.deep.equal([]);
}

/** The schema allows fields of later versions; those of this version it must all name. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (node === null || typeof node !== 'object') return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
  if (typeof copy['properties'] === 'object' && copy['type'] === 'object') copy['additionalProperties'] ??= false;
  return copy;
}
