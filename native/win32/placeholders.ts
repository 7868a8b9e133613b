import { bind } from './library.ts';

/** https://learn.microsoft.com/windows-hardware/drivers/ddi/ntifs/nf-ntifs-rtlsetprocessplaceholdercompatibilitymode */
const setMode = bind('ntdll', 'RtlSetProcessPlaceholderCompatibilityMode', 'int', ['int']);
const PHCM_EXPOSE_PLACEHOLDERS = 2;

/** Files whose data is in a cloud are shown to most programs as ordinary ones; this process has to know them. */
export function exposePlaceholders(): void {
  if (setMode.available) setMode(PHCM_EXPOSE_PLACEHOLDERS);
}
