// SCXML documents as trees of elements.
import { DOMParser } from '@xmldom/xmldom';
import type { Element } from '@xmldom/xmldom';

/** Something of SCXML that the conversion leaves out; it names what. */
export class NotConverted extends Error {
  override readonly name = 'NotConverted';
}

/** The root element of a document. */
export function rootOf(xml: string): Element {
  const root = new DOMParser().parseFromString(xml, 'text/xml').documentElement;
  if (root?.localName !== 'scxml') throw new NotConverted('a document that is no SCXML');
  return root;
}

/** The elements right inside, all or those with one of these names. */
export function childrenOf(element: Element | undefined, ...names: string[]): Element[] {
  const elements = [...(element?.childNodes ?? [])].filter(
    (node): node is Element => node.nodeType === node.ELEMENT_NODE,
  );
  if (names.length === 0) return elements;
  return elements.filter(({ localName }) => names.includes(localName ?? ''));
}

/** An attribute, if it is there. */
export function attribute(element: Element, name: string): string | undefined {
  return element.getAttribute(name) ?? undefined;
}

/** The id of a state in a machine, where dots separate keys. */
export function idOf(id: string): string {
  return id.replaceAll('.', '$');
}
