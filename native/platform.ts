/** As packages of Node.js are named, e.g. `linux-x64`. */
export const platformName = `${process.platform}-${process.arch}`;
