// The parts that the views are made of.
import { type Child, element } from '../element.js'

/** The content of the card. */
export interface View {
  readonly title: string
  readonly lead?: Child
  readonly body: readonly Child[]
}

interface FieldOptions {
  readonly name: string
  readonly label: string
  readonly value?: string
  readonly type?: 'text' | 'email' | 'password'
  /** The autofill name of the HTML standard, so that password managers and phones can help. */
  readonly autocomplete: string
  readonly hint?: string
}

/** A label, an input and a hint; a password can be shown. */
export function field({ name, label, value, type = 'text', autocomplete, hint }: FieldOptions): HTMLElement {
  const id = `field-${name}`
  const numeric = autocomplete === 'one-time-code'
  const input = element('input', {
    id,
    name,
    type,
    autocomplete,
    required: true,
    value,
    // Passwords and codes are no words.
    spellcheck: 'false',
    autocapitalize: 'none',
    inputmode: numeric ? 'numeric' : undefined,
    class: numeric ? 'code' : undefined,
    'aria-describedby': hint === undefined ? 'card-error' : `${id}-hint card-error`,
  })
  return element(
    'div',
    { class: 'field-group' },
    element('label', { for: id }, label),
    type === 'password' ? element('div', { class: 'with-button' }, input, showButton(input)) : input,
    hint !== undefined && element('p', { class: 'hint', id: `${id}-hint` }, hint),
  )
}

function showButton(input: HTMLInputElement): HTMLButtonElement {
  const button = element(
    'button',
    {
      type: 'button',
      class: 'plain',
      'aria-pressed': 'false',
      'aria-label': 'Show the password',
      onclick: () => {
        const shown = input.type === 'text'
        input.type = shown ? 'password' : 'text'
        button.setAttribute('aria-pressed', String(!shown))
        button.textContent = shown ? 'Show' : 'Hide'
      },
    },
    'Show',
  )
  return button
}

/** A form whose fields come as texts by their names; leading and trailing spaces count only in passwords. */
export function form(
  submit: string,
  onSubmit: (value: (name: string) => string) => void,
  ...children: readonly Child[]
): HTMLFormElement {
  return element(
    'form',
    {
      onsubmit: (event) => {
        event.preventDefault()
        const data = new FormData(event.currentTarget as HTMLFormElement)
        onSubmit((name) => {
          const value = String(data.get(name) ?? '')
          return name.startsWith('password') ? value : value.trim()
        })
      },
    },
    ...children,
    element('button', { type: 'submit', class: 'primary' }, submit),
  )
}

/** A button that stands by itself. */
export const button = (label: string, onclick: () => void, look: 'primary' | 'secondary' = 'secondary'): HTMLElement =>
  element('button', { type: 'button', class: look, onclick }, label)
