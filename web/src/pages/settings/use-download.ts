import { useState } from 'react';
import { fetchFile } from '../../api/files.ts';
import { download, useExplain, useToast } from '../../ui/index.ts';

/** Fetches files with the session's token and hands them to the browser; which one is on its way, if any. */
export function useDownload(): { running: string | null; start: (path: string, fallbackName: string) => void } {
  const [running, setRunning] = useState<string | null>(null);
  const say = useToast();
  const explain = useExplain();
  const start = (path: string, fallbackName: string): void => {
    setRunning(path);
    fetchFile(path)
      .then(({ name, bytes }) => download(name ?? fallbackName, bytes, bytes.type))
      .catch((error: unknown) => say(explain(error), { isError: true }))
      .finally(() => setRunning(null));
  };
  return { running, start };
}
