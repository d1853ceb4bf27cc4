// Every vector, and every preset: the quick run takes a share of them.
import './vectors.test.js'
