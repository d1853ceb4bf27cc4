/** What a reply may hold; `undefined` members are left out of the JSON. */
export type Json = { readonly [name: string]: unknown }
