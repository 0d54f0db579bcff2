import cliProgress from 'cli-progress';

const { Format, Presets, SingleBar } = cliProgress;

/** Shows how far a command is. */
export type Progress = {
  /** How much is done, of a total that may still be unknown (0), with a few words beside it. */
  update(done: number, total: number, note?: string): void;
  /** Takes the bar away; must be called before anything else is written to the same terminal. */
  stop(): void;
};

const SILENT: Progress = { update: () => undefined, stop: () => undefined };

/**
 * A progress bar on stderr, so that stdout stays for the answer. Where stderr is no terminal (a log, a pipe, a script)
 * it is silent.
 */
export function progressBar(label: string, stream: NodeJS.WriteStream = process.stderr): Progress {
  if (!stream.isTTY) return SILENT;
  const format = `${label} {bar} {percentage}% {note}`;
  const bar = new SingleBar(
    { stream, format, hideCursor: true, clearOnComplete: true, formatBar: Format.BarFormat, fps: 5 },
    Presets.shades_classic,
  );
  let total = 0;
  return {
    update(done, of, note = '') {
      if (total === 0 && of > 0) bar.start(of, done, { note });
      else if (total > 0) {
        if (of > 0 && of !== total) bar.setTotal(of);
        bar.update(done, { note });
      }
      total = of > 0 ? of : total;
    },
    stop: () => bar.stop(),
  };
}
