import { replay } from 'srp6a-tools/fuzz/replay.js'
import { targets } from '../fuzz/targets.js'

replay(targets, new URL('../fuzz/corpus/', import.meta.url))
