/** Properties of an element: attributes, and listeners as `onclick` and the like. */
type Properties = Readonly<Record<string, string | boolean | undefined | ((event: Event) => void)>>
export type Child = Node | string | undefined | false

/**
 * Makes an element: `element('button', { type: 'submit' }, 'Sign in')`. Texts become text nodes, never markup.
 * `true` sets an attribute without a value; `false` and `undefined` leave it out.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === 'function') made.addEventListener(key.slice(2), value)
    else if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : value)
  }
  made.append(...children.filter((child) => child !== undefined && child !== false))
  return made
}

/** An element that the page is known to have. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (!found) throw new Error(`The page has no #${id}`)
  return found
}
