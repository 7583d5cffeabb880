// Two files of one quarrel become one: no two lead into one another, and no danger stays behind.
import { deriveId, type Outcome } from '@himaya/engine';
import { describe, expect, test } from 'vitest';
import { actor, complaint, merge, OTHER, otherFile, play, refer, upTo } from './alley.ts';
import type { Step } from './alley.ts';

const reason = 'sameIncident';
const told: Step = {
  by: 'int1',
  command: 'NoteSafetyConcern',
  input: { concerns: ['violence'], immediateDanger: true },
};

function codesOf(outcome: Outcome): readonly string[] | string {
  return outcome.kind === 'refused' ? outcome.violations.map(({ code }) => code) : outcome.kind;
}

describe('merging', () => {
  test('two files › into one another at once, 50 times › exactly one goes', async () => {
    for (let round = 0; round < 50; round += 1) {
      const { engine, caseId } = await play([complaint, otherFile]);
      const into = (from: string, survivingCaseId: string): Promise<Outcome> => {
        const id = deriveId('merging', from);
        const input = { survivingCaseId, reason };
        return engine.execute({ id, caseId: from, name: 'MergeDuplicate', input }, actor('sup1'));
      };
      const outcomes = await Promise.all([into(caseId, OTHER), into(OTHER, caseId)]);
      const codes = outcomes.map(codesOf);
      expect(codes).toContain('accepted');
      expect(codes).toContainEqual(['SURVIVING_CASE_UNSUITABLE']);
    }
  });

  test.each([
    ['an agreement', upTo.signed, ['OBLIGATION_OPEN', 'MONITORING_NOT_OVER']],
    ['a referral', [...upTo.active, refer()], ['REFERRAL_OPEN']],
  ])('a file › with %s that is running › is not merged', async (_, steps, expected) => {
    const { codes } = await play([...steps, otherFile, merge]);
    expect(codes.toSorted()).toEqual(expected.toSorted());
  });

  test('a danger told of in the old file › reaches the one that goes on', async () => {
    const { engine } = await play([...upTo.registered, otherFile, merge, told]);
    expect(await engine.runReactions()).toMatchObject({ issued: 2, refused: 0 });
    expect((await engine.caseAt(OTHER))?.context).toMatchObject(told.input ?? {});
    expect((await engine.caseAt(OTHER))?.deadlines.map(({ code }) => code)).toContain('T-EMERG');
  });

  test('a danger told of in a file in hand › stays there', async () => {
    const { engine } = await play([...upTo.registered, otherFile, told]);
    expect(await engine.runReactions()).toMatchObject({ issued: 0, refused: 0 });
  });
});
