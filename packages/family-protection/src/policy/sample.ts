// A sample of a policy in which some offences are conciliable: for trying out and for scenarios.
import { definePolicy, type Policy } from '@himaya/engine';
import { policyBaseline } from './baseline.ts';

const table = 'offence.conciliability';
const { values } = policyBaseline;

/**
 * The baseline with a filled table of conciliability. Which offences it should name is for the office's
 * lawyers to say, so that the baseline's own table is empty. Its version lies below every released
 * one: no case is ever opened under it where the baseline is registered, too.
 */
export const policySample: Policy = definePolicy({
  ...policyBaseline,
  version: '0.0.1',
  title: { en: 'Sample with conciliable offences', ar: 'نموذج يتضمن جرائم يجوز فيها الصلح' },
  values: {
    ...values,
    [table]: {
      ...(values[table] as (typeof values)[string]),
      value: { 'SAMPLE-INSULT': 'waiver', 'SAMPLE-ASSAULT': 'sulh' },
    },
  },
});
