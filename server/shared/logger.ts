import { type DestinationStream, destination as fileDestination, pino, stdTimeFunctions } from 'pino';
import { logFields } from './logger.context.ts';
import { errorFields, maskText, scrubFields } from './logger.scrub.ts';

/** Levels as LOG_LEVEL names them. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

type Write = {
  /** Fields, or an error, and a message; an error may also stand in a field (`{ err }`). */
  (fields: object, message?: string): void;
  (message: string): void;
};

/** Structured log. Everything that passes through is scrubbed: see logger.scrub.ts. */
export type Logger = Record<Exclude<LogLevel, 'silent'>, Write> & {
  level: LogLevel;
  /** A logger that adds `fields` to each of its lines. */
  child(fields: Record<string, unknown>): Logger;
};

export type LoggerOptions = {
  level: LogLevel;
  /** Takes the finished lines; standard output when left out. */
  destination?: DestinationStream;
  /** One short line for people instead of JSON. */
  pretty?: boolean;
};

function prettyTo(target: DestinationStream): DestinationStream {
  return {
    write(line) {
      const { time, level, msg, ...fields } = JSON.parse(line) as Record<string, unknown>;
      const rest = Object.keys(fields).length > 0 ? ` ${JSON.stringify(fields)}` : '';
      target.write(`${String(time).slice(11, 19)} ${String(level).padEnd(5)} ${String(msg ?? '')}${rest}\n`);
    },
  };
}

function lineOf(first: object | string, message?: string): [Record<string, unknown>, string | undefined] {
  if (typeof first === 'string') return [{}, maskText(first)];
  const text = message === undefined ? undefined : maskText(message);
  // Without a message pino would repeat the error's own, unmasked: pass the masked one.
  if (first instanceof Error) {
    const err = errorFields(first);
    return [{ err }, text ?? String(err.message)];
  }
  return [scrubFields(first as Record<string, unknown>), text];
}

function wrap(inner: pino.Logger, level: LogLevel): Logger {
  const writer =
    (at: Exclude<LogLevel, 'silent'>): Write =>
    (first: object | string, message?: string) => {
      if (!inner.isLevelEnabled(at)) return;
      const [fields, text] = lineOf(first, message);
      inner[at](fields, text);
    };
  return {
    level,
    trace: writer('trace'),
    debug: writer('debug'),
    info: writer('info'),
    warn: writer('warn'),
    error: writer('error'),
    fatal: writer('fatal'),
    child: (fields) => wrap(inner.child(scrubFields(fields)), level),
  };
}

/**
 * A logger that writes one JSON line an event: `time` (ISO, real time), `level` (its name), the fields, `msg`. Keys
 * that hold personal data, secrets or bodies are redacted, errors reduced to type, code, message and stack, and e-mail
 * addresses and phone numbers masked in every text. pino's own redaction needs each path named, so that a field moved
 * one level down would leak: the fields are copied and checked key by key instead.
 */
export function createLogger({ level, destination, pretty = false }: LoggerOptions): Logger {
  const target = destination ?? fileDestination(1);
  const inner = pino(
    {
      level,
      base: null,
      mixin: logFields,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: (value: unknown) => value },
    },
    pretty ? prettyTo(target) : target,
  );
  return wrap(inner, level);
}
