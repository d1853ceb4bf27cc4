/** A JSON value of a reply; `undefined` members are left out of the JSON. */
export type Json = { readonly [name: string]: unknown }
