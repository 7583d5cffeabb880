// What is never recorded, whatever the state: judgements below an instrument, children unprotected.
import type { Abstraction, Check } from '@himaya/engine';
import { nothing } from '../../checks/nothing.ts';
import { childrenHeard, partiesIn } from '../../checks/recorded.ts';
import type { RiskLevel } from '../fields.ts';
import { rank } from '../risk.ts';
import { waiverKind } from '../parts/reconciliation-kinds.ts';
import { gathering } from '../rules/safety.ts';
import { isGathering } from './gathering-step.ts';

/** Of what an instrument finds. */
export const judgements: Check = {
  abstraction: {
    ...nothing,
    values: { 'RiskAssessed.finalLevel': 'any', 'RiskAssessed.band': 'any' },
    because: {
      en: 'Nothing of the case is kept: what holds here holds in every state.',
      ar: 'لا يحتفظ بشيء من القضية، فما يثبت هنا يثبت في كل حالة.',
    },
  },
  claims: [
    {
      id: 'INV-12 judgement',
      text: {
        en: 'Judgement never lowers what an instrument found.',
        ar: 'لا يخفض الحكم المهني نتيجة الأداة.',
      },
      decisions: ['RiskAssessed'],
      neverBy: ({ event }) => {
        const { finalLevel, band } = event.data as Record<string, RiskLevel>;
        return rank(finalLevel) < rank(band);
      },
    },
  ],
};

const withChild: Abstraction = {
  ...nothing,
  given: {
    parties: {
      K: { role: 'victim', isChild: true },
      A: { role: 'allegedAggressor', isChild: false },
      G: { role: 'guardian', isChild: false },
      L: { role: 'guardian', isChild: true },
    },
    childScreenings: {},
  },
  parts: { incident: { fields: {}, max: 0 } },
  values: {
    'EligibilityAssessed.eligible': 'any',
    'ViolenceScreeningCompleted.partyId': ['K', 'A'],
    'ViolenceScreeningCompleted.accompaniedBy': [
      undefined,
      { guardian: 'A' },
      { guardian: 'G' },
      { guardian: 'L' },
      { guardian: 'K' },
      { specialist: 'P' },
    ],
    'actor.role': 'any',
  },
  refusedMore: ['typePermits'],
  because: {
    en:
      'One child and one person of each kind who may be with it are enough: rules ask each party ' +
      'by itself. More incidents and screenings can only forbid more.',
    ar:
      'يكفي طفل واحد وشخص من كل صنف يجوز أن يحضر معه، لأن القواعد تسأل عن كل طرف على حدة. ' +
      'وزيادة الوقائع والفحوص لا تزيد إلا المنع.',
  },
};

/** Of children. */
export const children: Check = {
  abstraction: withChild,
  claims: [
    {
      id: 'INV-03',
      text: {
        en: 'Where a child is a victim no step of a reconciliation is taken.',
        ar: 'إذا كان الضحية طفلا فلا تتخذ أي خطوة صلح.',
      },
      decisions: gathering,
      neverBy: ({ before, event }) => {
        const isChildVictim = Object.values(partiesIn(before)).some(
          ({ role, isChild }) => role === 'victim' && isChild,
        );
        return isChildVictim && isGathering(event);
      },
    },
    ...childrenHeard,
  ],
};

const withWaiver: Abstraction = {
  ...nothing,
  parts: { waiver: { fields: { check: true }, max: 1 } },
  values: {
    conductedPrivately: 'any',
    'CoercionCheckCompleted.result': 'any',
    byParty: ['V'],
    offenceCodes: [['X']],
  },
  because: {
    en: 'One waiver is enough: each is judged by itself.',
    ar: 'يكفي تنازل واحد، لأن كل تنازل يقيم على حدة.',
  },
};

/** Of complaints that are taken back. */
export const waivers: Check = {
  abstraction: withWaiver,
  claims: [
    {
      id: 'INV-19',
      text: {
        en: 'No complaint is taken back before pressure was ruled out, and nothing ends with it.',
        ar: 'لا يقبل تنازل قبل انتفاء الإكراه على انفراد، ولا ينتهي معه شيء آخر.',
      },
      decisions: ['ComplaintWaived'],
      neverBy: ({ before, event, followed }) => {
        const { waiverId } = event.data as { readonly waiverId: string };
        const waiver = before.parts.all(waiverKind).find(({ id }) => id === waiverId);
        const check = waiver?.context.check;
        const isChecked = check?.isPrivate === true && check.result === 'noConcern';
        return followed.length > 0 || (waiver !== undefined && !isChecked);
      },
    },
  ],
};
