// The room that a text takes: never less than a browser needs for it, and not much more.
import { describe, expect, test } from 'vitest';
import { setText, textWidth } from '../../src/index.ts';

// As Chromium measured them at 11 pixels, in the wider one of DejaVu Sans and Noto Sans.
const MEASURED: readonly (readonly [text: string, width: number, bold: number])[] = [
  ['Closure under review', 116.8, 132.2],
  ['Violence screening completed [otherwise]', 231.5, 261.7],
  ['from: Intake · Registered · Triaged', 186.7, 213.9],
  ['WWW MMM mmm www @@@ %%%', 202.1, 219.3],
  ['iiiiii llllll ......', 64.6, 78.0],
  ['(RECONCILIATION_BLOCKED_BY_RISK)', 209.1, 232.6],
  ['⏱ due: T-REC-CONS', 110.1, 120.3],
  ["{\"a\": 1} <b> & 'c' #5 §17 «x» — …", 196.8, 211.2],
  ['القضية', 30.8, 37.8],
  ['تمت إعادة تصنيف القضية §41', 138.7, 161.7],
  ['صادر لم يعلن بعد', 78.6, 92.4],
  ['ينتظر فرز العنف والموافقة على الصلح', 174.9, 210.8],
  ['ضبط المخالفة ونقلها، ثم طلب التصديق؛ لا غير', 210.9, 253.0],
  ['بث ست سبب كتب نص خص شص مص', 184.1, 204.2],
  ['الإيداع في دار الإيواء [فيما عدا ذلك]', 162.5, 194.1],
  ['0123456789', 70.0, 76.5],
  ['Étude façade', 72.6, 81.3],
];

const plain = { size: 11, isBold: false };

describe('textWidth', () => {
  test.each(MEASURED)('of %j › is enough, and not twice as much', (text, width, bold) => {
    expect(textWidth(text, plain)).toBeGreaterThanOrEqual(width);
    expect(textWidth(text, { size: 11, isBold: true })).toBeGreaterThanOrEqual(bold);
    expect(textWidth(text, plain)).toBeLessThan(width * 1.45);
  });

  test('of marks and controls › is nothing, and of unknown letters enough', () => {
    expect(textWidth('\u064b\u200f\u2066', plain)).toBe(0);
    expect(textWidth('家族', plain)).toBeGreaterThanOrEqual(22);
    expect(textWidth('ab', { size: 22, isBold: false })).toBe(2 * textWidth('ab', plain) - 1);
  });
});

describe('setText', () => {
  test('of a long text › breaks between words and loses none', () => {
    const text = 'one two three four five six seven eight nine ten';
    const { lines, width, height } = setText(text, plain, 80);
    expect(lines.join(' ')).toBe(text);
    expect(lines.length).toBeGreaterThan(3);
    expect(width).toBeLessThanOrEqual(80);
    expect(height).toBeGreaterThanOrEqual(lines.length * 14);
  });

  test('of a word that is too long › breaks it and loses no letter', () => {
    const word = 'x'.repeat(50);
    const { lines, width } = setText(`a ${word} b`, plain, 60);
    expect(lines.join('').replaceAll(' ', '')).toBe(`a${word}b`);
    expect(width).toBeLessThanOrEqual(60);
  });

  test('of nothing › takes no room', () => {
    expect(setText('  ', plain, 60)).toEqual({ lines: [], width: 0, height: 0 });
  });
});
