// More random values: the quick run takes a share of them.
import './engines.test.js'
