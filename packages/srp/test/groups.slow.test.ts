// Every group: the quick run takes a share of them.
import './groups.test.js'
