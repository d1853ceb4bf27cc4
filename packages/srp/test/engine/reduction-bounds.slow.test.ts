// Every size of N: the quick run takes a share of them.
import './reduction-bounds.test.js'
