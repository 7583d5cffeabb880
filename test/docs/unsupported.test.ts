// docs/operate.md names every command that a store without appends to several streams refuses.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEngine } from '@himaya/engine';
import { MemoryEventStore, type EventStore } from '@himaya/event-store';
import { caseTypes, policies } from '@himaya/family-protection';
import { expect, test } from 'vitest';
import { ROOT } from './pages.ts';

test('docs/operate.md › commands that need several streams › are all named', () => {
  const { capabilities } = new MemoryEventStore();
  const store = { capabilities: { ...capabilities, multiStreamAppend: false } } as EventStore;
  const engine = createEngine({ store, caseTypes, policies, office: 'MUH-FCP' });
  const byType = new Map<string, string[]>();
  for (const { caseType, command, title } of engine.unsupportedCommands()) {
    byType.set(caseType, [...(byType.get(caseType) ?? []), `\`${command}\``]);
    expect([title.en, title.ar]).not.toContain(command);
  }
  const due = [...byType].map(([name, commands]) => `| \`${name}\` | ${commands.join(', ')} |`);
  const page = readFileSync(join(ROOT, 'docs/operate.md'), 'utf8');
  const named = page.split('\n').map((line) => line.trim()).filter((line) =>
    /^\| `(community|family|facility)\./.test(line));
  expect(named).toEqual(due);
});
