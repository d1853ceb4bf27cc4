// More random values: the quick run takes a share of them.
import './modular.test.js'
