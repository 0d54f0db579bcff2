import { posix } from 'node:path';
import type { Edge } from './imports.ts';

type Arrow = { from: string; to: string };

/** The circles of a graph: each as the names that reach each other, in alphabetical order. (Tarjan 1972.) */
export function circlesIn(arrows: readonly Arrow[]): string[][] {
  const next = new Map<string, string[]>();
  for (const { from, to } of arrows) {
    next.set(from, [...(next.get(from) ?? []), to]);
    if (!next.has(to)) next.set(to, []);
  }
  const seen = new Map<string, { index: number; low: number }>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const look = (name: string): { index: number; low: number } => {
    const here = { index: seen.size, low: seen.size };
    seen.set(name, here);
    stack.push(name);
    for (const other of next.get(name) ?? []) {
      const known = seen.get(other);
      if (!known) here.low = Math.min(here.low, look(other).low);
      else if (stack.includes(other)) here.low = Math.min(here.low, known.index);
    }
    if (here.low === here.index) {
      const circle = stack.splice(stack.indexOf(name));
      if (circle.length > 1 || next.get(name)?.includes(name)) circles.push(circle.sort());
    }
    return here;
  };
  for (const name of next.keys()) if (!seen.has(name)) look(name);
  return circles;
}

/** The entry of the order that a file belongs to: itself, or the innermost folder that is named. */
export function placeOf(path: string, order: readonly string[]): string | null {
  if (order.includes(path)) return path;
  for (let folder = posix.dirname(path); folder !== '.'; folder = posix.dirname(folder)) {
    if (order.includes(folder)) return folder;
  }
  return null;
}

/** Imports that go the wrong way, or between places that the order does not name, in words. */
export function againstOrder(edges: readonly Edge[], order: readonly string[]): string[] {
  return edges.flatMap(({ from, to, typeOnly }) => {
    const [a, b] = [placeOf(from, order), placeOf(to, order)];
    if (a === null || b === null) return [`${a === null ? from : to} has no place in the order of folders`];
    if (order.indexOf(b) <= order.indexOf(a)) return [];
    return [`${from} imports ${typeOnly ? 'types of ' : ''}${to}: ${b} stands above ${a}`];
  });
}

/** A file at the top of the server is wiring and stands for itself. */
const folderOf = (path: string): string => (posix.dirname(path) === 'server' ? path : posix.dirname(path));

/** The folders that import each other in circles, by values or by types. */
export const folderCircles = (edges: readonly Edge[]): string[][] =>
  circlesIn(
    edges.map(({ from, to }) => ({ from: folderOf(from), to: folderOf(to) })).filter(({ from, to }) => from !== to),
  );
