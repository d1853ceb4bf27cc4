// Things that a test file has opened, to be closed at its end. A hook in a helper module would be one of the first file
// alone that imports it, for the quick files share their modules.
const opened: (() => unknown)[] = []

/**
 * Have something closed when the test file ends.
 *
 * @param close - called once; its promise is awaited
 */
export function closeAfterFile(close: () => unknown): void {
  opened.push(close)
}

/**
 * Close what the file has opened, the last first.
 *
 * @returns when all are closed
 */
export async function closeOpened(): Promise<void> {
  for (const close of opened.splice(0).reverse()) await close()
}
