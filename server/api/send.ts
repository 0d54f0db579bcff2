import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { FileAnswer, ReadyAnswer, StreamAnswer } from './endpoint.ts';

const has = (answer: unknown, name: string): boolean => typeof answer === 'object' && answer !== null && name in answer;

const isFile = (answer: unknown): answer is FileAnswer =>
  has(answer, 'file') && Buffer.isBuffer((answer as FileAnswer).file?.bytes);

const isReady = (answer: unknown): answer is ReadyAnswer =>
  has(answer, 'ready') && Buffer.isBuffer((answer as ReadyAnswer).ready);

const isStream = (answer: unknown): answer is StreamAnswer =>
  has(answer, 'stream') && Symbol.asyncIterator in ((answer as StreamAnswer).stream?.chunks ?? {});

const download = (name: string, type: string) => ({
  'content-type': type,
  'content-disposition': `attachment; filename="${name}"`,
});

/** Answers a request: with JSON, JSON that is written already, or a file. */
export async function send(response: Response, status: number, answer: unknown): Promise<void> {
  if (isReady(answer)) {
    response.status(status).type('application/json').send(answer.ready);
  } else if (isFile(answer)) {
    const { name, type, bytes } = answer.file;
    response.status(status).set(download(name, type)).send(bytes);
  } else if (isStream(answer)) {
    const { name, type, bytes, chunks } = answer.stream;
    response.status(status).set({ ...download(name, type), 'content-length': String(bytes) });
    await streamed(response, chunks);
  } else {
    response.status(status).json(answer);
  }
}

/** Whoever asked may leave in the middle: nothing failed here then. */
async function streamed(response: Response, chunks: AsyncIterable<Buffer>): Promise<void> {
  try {
    await pipeline(chunks, response);
  } catch (error) {
    const gone = (error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE';
    if (!gone) throw error;
  }
}
