import { replay } from '../../srp/fuzz/replay.js'
import { targets } from '../fuzz/targets.js'

replay(targets, new URL('../fuzz/corpus/', import.meta.url))
