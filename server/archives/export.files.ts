import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

export type Written = { bytes: number; sha256: string };

/** A new file, readable by its owner only, that is hashed while it is written. */
export async function hashedFile(path: string) {
  const handle = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    async write(text: string): Promise<void> {
      const data = Buffer.from(text);
      hash.update(data);
      bytes += data.length;
      // Unlike write(), this goes on until all of it is written.
      await handle.writeFile(data);
    },
    /** Waits until it is on the disk. */
    async finish(): Promise<Written> {
      await handle.sync();
      await handle.close();
      return { bytes, sha256: hash.digest('hex') };
    },
    close: (): Promise<void> => handle.close(),
  };
}
