// The rules of a found item, each as one decision that reads as law.
import { given } from '@himaya/testkit';
import { describe, expect, it } from 'vitest';
import { foundItem } from './found-item.ts';
import { foundItemPolicy } from './policy.ts';

// #region given
const clerk = { staff: 'c1', role: 'CLERK', office: 'STN-1' };
const supervisor = { staff: 's1', role: 'SUPERVISOR', office: 'STN-1' };
const umbrella = { command: 'RegisterItem', input: { kind: 'umbrella', foundAt: 'bus stop' } };
const handedIn = { ...umbrella, by: clerk, at: '2027-01-03T09:00:00+03:00' };
const claimed = (claimId: string) => ({
  command: 'MakeClaim',
  input: { claimId, claimant: `person-${claimId}` },
  by: clerk,
});
const proved = (claimId: string) => ({
  command: 'VerifyClaim',
  input: { claimId, proof: 'marks' },
  by: clerk,
});
const item = given(foundItem, { policy: foundItemPolicy });

describe('a found item', () => {
  it('given a claim without proof › is not returned', async () => {
    const then = await item
      .commands([handedIn, claimed('a')])
      .when('ReturnItem', { claimId: 'a' }, { by: clerk });
    then.thenRefused(['CLAIM_NOT_VERIFIED']);
  });

  it('given two claims and one proof › goes to the one, and the other is rejected', async () => {
    const then = await item
      .commands([handedIn, claimed('a'), claimed('b'), proved('b')])
      .when('ReturnItem', { claimId: 'b' }, { by: clerk });
    const rejected = { ClaimRejected: { claimId: 'a', because: 'returnedToOther' } };
    then.thenAccepted(['ItemReturned', rejected]).thenState(['returned']);
  });
  // #endregion

  it('given the 89th day and an open claim › is not disposed of, for both reasons', async () => {
    const then = await item
      .commands([handedIn, claimed('a')])
      .when(
        'DisposeOfItem',
        { how: 'charity' },
        { by: supervisor, at: '2027-04-02T09:00:00+03:00' },
      );
    then.thenRefused(['CLAIM_OPEN', 'KEEPING_PERIOD_NOT_OVER']);
  });

  it('given the 90th day › is disposed of by someone else than who took it in', async () => {
    const late = '2027-04-03T09:00:00+03:00';
    const kept = item.commands([{ ...handedIn, by: supervisor }]);
    const how = { how: 'charity' };
    const same = await kept.when('DisposeOfItem', how, { by: supervisor, at: late });
    same.thenRefused(['SEPARATION_OF_DUTIES']);
    const other = { ...supervisor, staff: 's2' };
    const then = await kept.when('DisposeOfItem', how, { by: other, at: late });
    then.thenAccepted(['ItemDisposed']).thenDeadlines({ 'T-KEEP': 'reached' });
  });

  it('given a return › takes no claim any more, and a hazard still', async () => {
    const gone = item.commands([
      handedIn,
      claimed('a'),
      proved('a'),
      { command: 'ReturnItem', input: { claimId: 'a' }, by: clerk },
    ]);
    const late = { claimId: 'b', claimant: 'person-b' };
    (await gone.when('MakeClaim', late, { by: clerk })).thenRefused(['ITEM_NOT_KEPT']);
    const hazard = await gone.when('ReportHazard', { what: 'smell of gas' }, { by: clerk });
    hazard.thenAccepted(['HazardReported']).thenContext({ hazards: 1 });
  });

  it('given a claim › is answered within three working days, the weekend not counted', async () => {
    const thursday = { ...handedIn, at: '2027-01-07T09:00:00+03:00' };
    const then = await item
      .commands([thursday])
      .when('MakeClaim', claimed('a').input, { by: clerk });
    then.thenDeadlines({ 'T-CLAIM/a': '2027-01-12T14:15:00+03:00' });
    expect(then.case?.deadlineCounts).toEqual({ armed: 2, reached: 0, disarmed: 0, pending: 2 });
  });
});
