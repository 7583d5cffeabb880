// The example says what it promises: each step, and both refusals in both languages.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runProtectionOrder } from './protection-order.ts';

it('an order and an offer › the offer is refused, with every reason in Arabic and English', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'himaya-order-'));
  const lines: string[] = [];
  try {
    await runProtectionOrder(join(folder, 'cases.db'), (line) => lines.push(line));
  } finally {
    rmSync(folder, { recursive: true });
  }
  expect(lines).toEqual([
    'INT RegisterReport: CaseOpened, IntakeStarted, ReportRegistered',
    'INT AddParty: PartyAdded',
    'INT AddParty: PartyAdded',
    'INT TriageCase: CaseTriaged',
    'SUP AssignCase: CaseAssigned',
    'SUP AssignCase: CaseAssigned',
    'CW AssessRisk: RiskAssessed, FollowUpScheduled',
    'CW RequestProtectionOrder: ProtectionOrderRequested',
    'LEG RecordProtectionOrderIssued: ProtectionOrderIssued',
    'CON OfferReconciliation: refused',
    '  RECONCILIATION_BLOCKED_BY_PROTECTION_ORDER',
    '    No reconciliation while an order keeps people of this case apart.',
    '    لا صلح ما دام أمر حماية يمنع اللقاء بين اثنين من أطراف القضية.',
    '  RECONCILIATION_BLOCKED_BY_RISK',
    '    No reconciliation while the risk is high, was high lately, or waits to be assessed.',
    '    لا صلح إذا كانت الخطورة مرتفعة أو كانت كذلك حديثا أو لم تقيم بعد آخر ما استجد.',
    'replayed 12 events, divergences: 0',
  ]);
});
