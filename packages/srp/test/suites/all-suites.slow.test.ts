// Twenty random users a suite: the quick run has one.
import './all-suites.test.js'
