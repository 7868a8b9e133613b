/** FILE_FULL_EA_INFORMATION; https://learn.microsoft.com/windows-hardware/drivers/ddi/wdm/ns-wdm-_file_full_ea_information */
export function extendedAttributes(values: Record<string, string>): Buffer {
  const entries = Object.entries(values).map(([name, value]) => {
    const entry = Buffer.alloc(8 + name.length + 1 + value.length);
    entry[5] = name.length;
    entry.writeUInt16LE(value.length, 6);
    entry.latin1Write(name, 8);
    entry.latin1Write(value, 8 + name.length + 1);
    return entry;
  });
  return Buffer.concat(
    entries.map((entry, index) => {
      if (index === entries.length - 1) return entry;
      const padded = Buffer.concat([entry, Buffer.alloc((4 - (entry.length % 4)) % 4)]);
      padded.writeUInt32LE(padded.length, 0);
      return padded;
    }),
  );
}
