/** A structure, list, map or plain value of the service's model, with its constraints as the model states them. */
export interface Shape {
  readonly type:
    | 'structure'
    | 'list'
    | 'map'
    | 'string'
    | 'integer'
    | 'long'
    | 'boolean'
    | 'timestamp'
    | 'blob'
    | 'document'
  /** least and most: characters of a string, entries of a list or map, the value of a number */
  readonly min?: number
  readonly max?: number
  /** a regular expression of Java that the whole string must match */
  readonly pattern?: string
  readonly enum?: readonly string[]
  /** never shown in a message */
  readonly sensitive?: boolean
  /** of a structure: the shapes by member */
  readonly members?: Readonly<Record<string, string>>
  readonly required?: readonly string[]
  /** of a list: the shape of its entries */
  readonly member?: string
  /** of a map: the shapes of its keys and values */
  readonly key?: string
  readonly value?: string
}

/** An operation of the service's model. */
export interface OperationModel {
  readonly input: string
  /** null: the reply is empty */
  readonly output: string | null
  /** names of the exceptions that the model lists for it */
  readonly errors: readonly string[]
  /** whether requests go with SigV4 */
  readonly signed: boolean
}
