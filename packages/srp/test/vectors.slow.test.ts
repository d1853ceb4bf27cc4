// Every vector: the quick run takes a share of them.
import './vectors.test.js'
