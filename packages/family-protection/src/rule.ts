// How rules of several case types are typed: by what they look at, and by the events they judge.
import type { EventOf, EventSchemas, Rule, RuleSpec, RuleView } from '@himaya/engine';

/** A rule about some events of several case types: each of them remembers at least `Memory`. */
export function rulesOver<Memory, Events extends EventSchemas>() {
  return <Name extends keyof Events & string>(
    events: readonly Name[],
    spec: RuleSpec<RuleView<Memory, EventOf<Events, Name>>>,
  ): Rule<RuleView<Memory, EventOf<Events, Name>>, Name> => {
    const made = { name: '', ...spec, events };
    return made;
  };
}
