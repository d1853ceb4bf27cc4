// Every suite: the quick run takes a share of them.
import './identify-suite.test.js'
