/** Platforms of the package, as Node.js names them, with the binary in koffi's package for each. */
export const platforms = ['win32-x64', 'win32-arm64', 'linux-x64', 'linux-arm64'];

/** The npm package that has koffi's binary for a platform, and where. The ones for musl are left out: the engine calls glibc. */
export function koffiBinary(platform) {
  return { name: `@koromix/koffi-${platform}`, path: `${platform.replace('-', '_')}/koffi.node` };
}
