/** Mocha hooks that close, after each test, what it has opened. */
export function useCleanup(): <T extends AsyncDisposable>(resource: T) => T {
  const kept: AsyncDisposable[] = [];
  afterEach(async () => {
    for (const resource of kept.splice(0).reverse()) await resource[Symbol.asyncDispose]();
  });
  return (resource) => {
    kept.push(resource);
    return resource;
  };
}
