// Writing a chart as SCXML, for tools that read the standard: structure in full, functions by name.
import { afterEvent } from '../events.ts';
import { placesOf, transitionsOf, type PlacedTransition } from '../placed-transitions.ts';
import type {
  ActionStructure,
  ChartStructure,
  GuardStructure,
  NodeStructure,
} from '../structure.ts';
import { isWithin, parentOf } from './origins.ts';
import { sayTransition } from './say.ts';
import type { ChartWords } from './words.ts';
import { attributes } from './xml.ts';

/** Namespace of what SCXML has no word for: labels, tags, keys that an action assigns. */
const NAMESPACE = 'urn:himaya:chart';
const AFTER = afterEvent('');

/**
 * Writes a chart as an SCXML document. Conditions are written out: `rule('CODE')` for a rule,
 * `test('…')` for a condition by its name or its words, `In('…')` for a state. What the functions
 * behind them compute is not part of it, so that it can be read and compared, and not run.
 */
export function toScxml(structure: ChartStructure, words: ChartWords): string {
  const { id, nodes: [root] } = structure;
  const writer = new Writer(structure, words);
  const heads = {
    xmlns: 'http://www.w3.org/2005/07/scxml',
    'xmlns:h': NAMESPACE,
    version: '1.0',
    datamodel: 'ecmascript',
    name: id,
    initial: writer.idOf(''),
    'xml:lang': words.language,
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<scxml${attributes(heads)}>`,
    ...(root ? writer.state(root, '  ') : []),
    '</scxml>',
    '',
  ].join('\n');
}

class Writer {
  readonly #structure: ChartStructure;
  readonly #words: ChartWords;
  readonly #transitions: readonly PlacedTransition[];

  constructor(structure: ChartStructure, words: ChartWords) {
    this.#structure = structure;
    this.#words = words;
    this.#transitions = transitionsOf(structure);
  }

  /** The root has no path; it is named after the chart, unless a state is called like that. */
  idOf(path: string): string {
    if (path !== '') return nameOf(path);
    const name = nameOf(this.#structure.id);
    return this.#structure.nodes.some((node) => nameOf(node.path) === name) ? `${name}.` : name;
  }

  state(node: NodeStructure, margin: string): readonly string[] {
    const { path, kind, initial, initialActions, tags, entry, exit } = node;
    const { nodes } = this.#structure;
    const element = kind === 'parallel' || kind === 'final' ? kind : 'state';
    const isPlain = initialActions.length === 0;
    const heads = {
      id: this.idOf(path),
      initial: initial !== null && isPlain ? this.idOf(initial) : undefined,
      'h:label': path === '' ? this.#words.title : this.#words.state(path),
      'h:tags': tags.length > 0 ? tags.join(' ') : undefined,
    };
    const inner = `${margin}  `;
    const children = nodes.filter((one) => one.path !== '' && parentOf(one.path) === path);
    const lines = [
      ...(initial === null || isPlain ? [] : this.#initial(initial, initialActions, inner)),
      ...block('onentry', entry, inner),
      ...block('onexit', exit, inner),
      ...this.#transitions
        .filter(({ source }) => source === path)
        .flatMap((transition) => this.#transition(transition, inner)),
      ...children.flatMap((child) => this.state(child, inner)),
    ];
    if (lines.length === 0) return [`${margin}<${element}${attributes(heads)}/>`];
    return [`${margin}<${element}${attributes(heads)}>`, ...lines, `${margin}</${element}>`];
  }

  #initial(
    target: string,
    actions: readonly ActionStructure[],
    margin: string,
  ): readonly string[] {
    const head = `${margin}  <transition${attributes({ target: this.idOf(target) })}>`;
    const inner = actions.map((action) => `${margin}    ${executable(action)}`);
    const end = [`${margin}  </transition>`, `${margin}</initial>`];
    return [`${margin}<initial>`, head, ...inner, ...end];
  }

  #transition(transition: PlacedTransition, margin: string): readonly string[] {
    const { source, targets, reenter, guard, actions } = transition;
    // What XState does not leave, SCXML must not leave either: a leaf that leads to itself stays.
    const isStaying = !reenter && targets.every((target) => target === source);
    const isInner = !reenter && !isStaying && targets.every((one) => isWithin(one, source));
    const heads = {
      event: this.#event(transition),
      cond: guard ? this.#condition(guard, transition) : undefined,
      target: isStaying ? undefined : targets.map((path) => this.idOf(path)).join(' '),
      type: isInner ? 'internal' : undefined,
      'h:label': sayTransition(transition, this.#words),
    };
    if (actions.length === 0) return [`${margin}<transition${attributes(heads)}/>`];
    return [
      `${margin}<transition${attributes(heads)}>`,
      ...actions.map((action) => `${margin}  ${executable(action)}`),
      `${margin}</transition>`,
    ];
  }

  #event({ event, source }: PlacedTransition): string | undefined {
    if (event === '@always') return undefined;
    if (event === '@done') return `done.state.${this.idOf(source)}`;
    const name = event.startsWith(AFTER) ? `after.${event.slice(AFTER.length)}` : event;
    return name.replaceAll(/\s+/g, '_');
  }

  #condition(guard: GuardStructure, transition: PlacedTransition): string {
    const places = placesOf(transition);
    const write = (one: GuardStructure): string => {
      if (one.kind === 'rules') return one.codes.map((code) => `rule(${text(code)})`).join(' && ');
      if (one.kind === 'in') {
        return one.states.map((path) => `In(${text(this.idOf(path))})`).join(' && ');
      }
      if (one.kind === 'test') {
        const { name, params } = one;
        const place = places.get(one);
        const said = place && this.#words.condition(place);
        const called = name ?? said ?? `${transition.source} ${transition.event}`;
        return `test(${text(called)}${params === undefined ? '' : `, ${JSON.stringify(params)}`})`;
      }
      if (one.parts.length === 0) return one.kind === 'or' ? 'false' : 'true';
      const parts = one.parts.map((inner) => `(${write(inner)})`);
      if (one.kind === 'not') return `!${parts.join('')}`;
      return parts.join(one.kind === 'and' ? ' && ' : ' || ');
    };
    return write(guard);
  }
}

function block(
  element: 'onentry' | 'onexit',
  actions: readonly ActionStructure[],
  margin: string,
): readonly string[] {
  if (actions.length === 0) return [];
  const inner = actions.map((action) => `${margin}  ${executable(action)}`);
  return [`${margin}<${element}>`, ...inner, `${margin}</${element}>`];
}

function executable(action: ActionStructure): string {
  const name = action.name;
  const params = action.params === undefined ? undefined : JSON.stringify(action.params);
  if (action.kind === 'raise' && action.event !== null) {
    return `<raise${attributes({ event: action.event, 'h:name': name })}/>`;
  }
  if (action.kind === 'raise') return `<h:raise${attributes({ name, params })}/>`;
  if (action.kind === 'effect') return `<h:effect${attributes({ name, params })}/>`;
  const keys = action.keys === null ? undefined : action.keys.join(' ');
  return `<h:assign${attributes({ name, keys, params })}/>`;
}

/** An XML name: letters, digits and a few signs, and no digit at its start. */
function nameOf(path: string): string {
  const name = path.replaceAll(/[^\p{L}\p{N}_.-]/gu, '_');
  return /^[\p{L}_]/u.test(name) ? name : `_${name}`;
}

function text(value: string): string {
  return `'${value.replaceAll(/[\\']/g, (one) => `\\${one}`)}'`;
}
