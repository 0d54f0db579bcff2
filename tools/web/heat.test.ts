import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { heatStyle, stepOf } from '../../web/src/charts/heat.ts';

const styles = readFileSync(createRequire(import.meta.url).resolve('@shopify/polaris/build/esm/styles.css'), 'utf8');
type Colour = [number, number, number];

/** A token of Polaris' light theme, which comes first. */
function token(name: string): Colour {
  const [, red, green, blue] =
    new RegExp(`${name}:\\s*rgba\\((\\d+),\\s*(\\d+),\\s*(\\d+),\\s*1\\)`).exec(styles) ?? [];
  if (red === undefined) throw new Error(`${name} is no token.`);
  return [Number(red), Number(green), Number(blue)];
}

/** As WCAG 2 defines it. */
function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as Colour;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: Colour, other: Colour): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** The colour that a step's background has in the end. */
function mixed(background: string): Colour {
  const [, accent = '', part = '', ground = ''] = /var\((.+?)\) (\d+)%, var\((.+?)\)/.exec(background) ?? [];
  const [from, to, share] = [token(ground), token(accent), Number(part) / 100];
  return from.map((value, at) => value + ((to[at] ?? 0) - value) * share) as Colour;
}

test('the text of every step can be read', () => {
  const steps = [...new Set(Array.from({ length: 101 }, (_, value) => stepOf(value, 100)))];
  expect(steps.length).toBeGreaterThan(5);
  for (const step of steps) {
    const { background, color } = heatStyle(step);
    const ink = token(/var\((.+)\)/.exec(color)?.[1] ?? '');
    expect(contrast(mixed(background), ink), `step ${step}`).toBeGreaterThanOrEqual(4.5);
  }
});

test('more is never lighter, nothing is white, and only the most is the strongest', () => {
  expect(stepOf(0, 10)).toBe(0);
  expect(stepOf(0.01, 10)).toBe(1);
  expect(stepOf(10, 10)).toBe(6);
  expect(stepOf(3, 0)).toBe(0);
  const steps = Array.from({ length: 50 }, (_, value) => stepOf(value, 49));
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
});
